package badgerstore

import (
	"encoding/json"
	"fmt"

	"shopbell/providers/signature"
)

// The tags of a verdict inside a capture record. Never reuse one. A verdict is
// written for every delivery, so it is a record of its own, not JSON; its
// diagnosis, which few have and which comes later, is.
const (
	verProvider = iota + 1
	verOutcome
	verCover
	verCovered
	verSecret
	verVariant
	verStepDone   // name and evidence
	verStepFailed // the same
	verDiagnosis  // JSON, as "verify --json" prints it
)

func encodeVerdict(v *signature.Verdict) ([]byte, error) {
	e := newEncoder(512)
	e.text(verProvider, v.Provider)
	e.text(verOutcome, string(v.Outcome))
	e.text(verCover, string(v.Cover))
	for _, part := range v.Covered {
		e.always(verCovered, []byte(part))
	}
	e.text(verSecret, v.Secret)
	e.text(verVariant, v.Variant)
	for _, s := range v.Steps {
		tag := uint64(verStepFailed)
		if s.OK {
			tag = verStepDone
		}
		e.pair(tag, s.Name, s.Evidence)
	}
	if v.Diagnosis != nil {
		text, err := json.Marshal(v.Diagnosis)
		if err != nil {
			return nil, fmt.Errorf("write diagnosis: %w", err)
		}
		e.bytes(verDiagnosis, text)
	}
	return e.b, nil
}

func decodeVerdict(b []byte) (v signature.Verdict, err error) {
	err = decodeRecord(b, func(tag uint64, f field) error { return takeVerdict(&v, tag, f) })
	return v, err
}

func takeVerdict(v *signature.Verdict, tag uint64, f field) error {
	switch tag {
	case verProvider:
		v.Provider = string(f)
	case verOutcome:
		v.Outcome = signature.Outcome(f)
	case verCover:
		v.Cover = signature.Cover(f)
	case verCovered:
		v.Covered = append(v.Covered, string(f))
	case verSecret:
		v.Secret = string(f)
	case verVariant:
		v.Variant = string(f)
	case verStepDone, verStepFailed:
		name, evidence, err := f.pair()
		v.Steps = append(v.Steps, signature.Step{Name: name, OK: tag == verStepDone, Evidence: evidence})
		return err
	case verDiagnosis:
		if json.Unmarshal(f, &v.Diagnosis) != nil {
			return errRecord
		}
	}
	return nil
}
