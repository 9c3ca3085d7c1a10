package localapi

import "shopbell/providers/signature"

// VerdictJSON is a verdict with all its fields but variant and diagnosis
// always there: the object of "verify --json".
type VerdictJSON struct {
	Provider  string            `json:"provider"`
	Outcome   signature.Outcome `json:"outcome"`
	Cover     signature.Cover   `json:"cover"`
	Covered   []string          `json:"covered"`
	Secret    string            `json:"secret"`
	Variant   string            `json:"variant,omitempty"`
	Steps     []signature.Step  `json:"steps"`
	Diagnosis *DiagnosisJSON    `json:"diagnosis,omitempty"`
}

// DiagnosisJSON is a diagnosis. Endpoint is empty and Tried an empty list where
// there is nothing to say; Also, Evidence and Fix are left out then.
type DiagnosisJSON struct {
	Cause    signature.Cause `json:"cause"`
	Also     signature.Cause `json:"also,omitempty"`
	Endpoint string          `json:"endpoint"`
	Says     string          `json:"says"`
	Do       string          `json:"do"`
	Evidence string          `json:"evidence,omitempty"`
	Fix      *signature.Fix  `json:"fix,omitempty"`
	Tried    []string        `json:"tried"`
}

// NewVerdictJSON returns v as JSON.
func NewVerdictJSON(v signature.Verdict) VerdictJSON {
	j := VerdictJSON{
		Provider: v.Provider, Outcome: v.Outcome, Cover: v.Cover, Covered: filled(v.Covered),
		Secret: v.Secret, Variant: v.Variant, Steps: filled(v.Steps),
	}
	if d := v.Diagnosis; d != nil {
		j.Diagnosis = &DiagnosisJSON{d.Cause, d.Also, d.Endpoint, d.Says, d.Do, d.Evidence, d.Fix, filled(d.Tried)}
	}
	return j
}

// Verdict returns the verdict that j was made from.
func (j VerdictJSON) Verdict() signature.Verdict {
	v := signature.Verdict{
		Provider: j.Provider, Outcome: j.Outcome, Cover: j.Cover, Covered: emptied(j.Covered),
		Secret: j.Secret, Variant: j.Variant, Steps: emptied(j.Steps),
	}
	if d := j.Diagnosis; d != nil {
		v.Diagnosis = &signature.Diagnosis{
			Cause: d.Cause, Also: d.Also, Endpoint: d.Endpoint, Says: d.Says, Do: d.Do,
			Evidence: d.Evidence, Fix: d.Fix, Tried: emptied(d.Tried),
		}
	}
	return v
}
