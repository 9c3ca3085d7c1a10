package badgerstore

import (
	"encoding/json"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// The tags of a capture record and of the record of what changed, which holds
// the same fields from capVerdict to capNote, and capJudged. Never reuse one.
const (
	capMethod = iota + 1
	capURL
	capTarget
	capHeader
	capBody
	capHead
	capFrom
	capContent
	capVerdict // JSON; written until the verdict got a record, capJudged
	capNotes
	capAnswerStatus
	capAnswerBy
	capAnswerSays
	capNote
	capCandidates
	capJudged // see judged.go
)

// encodeCapture returns the record of everything that is not in the summary,
// in room if there is any.
func encodeCapture(c *inspector.Capture, room []byte) ([]byte, error) {
	m := &c.Message
	if room == nil {
		room = make([]byte, 0, recordSize(m))
	}
	e := &encoder{b: append(room[:0], recordVersion)}
	e.text(capMethod, m.Method)
	e.text(capURL, m.URL)
	e.text(capTarget, m.Target)
	for _, f := range m.Header {
		e.pair(capHeader, f.Name, f.Value)
	}
	e.bytes(capHead, m.Head)
	e.text(capFrom, c.From)
	e.bytes(capContent, c.ContentHash[:])
	for _, id := range c.Candidates {
		e.text(capCandidates, id)
	}
	if err := encodeChangeable(e, c); err != nil {
		return nil, err
	}
	e.bytes(capBody, m.Body)
	return e.b, nil
}

// recordSize is how large a record gets, roughly.
func recordSize(m *signature.Message) int { return len(m.Body) + 2*len(m.Head) + 1024 }

// encodeChanged returns the record of what may change after a capture was kept.
func encodeChanged(c *inspector.Capture) ([]byte, error) {
	e := newEncoder(512)
	err := encodeChangeable(e, c)
	return e.b, err
}

func encodeChangeable(e *encoder, c *inspector.Capture) error {
	verdict, err := encodeVerdict(&c.Verdict)
	if err != nil {
		return err
	}
	e.bytes(capJudged, verdict)
	for _, n := range c.Notes {
		e.always(capNotes, []byte(n))
	}
	e.number(capAnswerStatus, int64(c.Answer.Status))
	e.text(capAnswerBy, c.Answer.By)
	e.text(capAnswerSays, c.Answer.Says)
	e.text(capNote, c.Note)
	return nil
}

// decodeCapture reads either record into c. Head and body are parts of b.
func decodeCapture(c *inspector.Capture, b []byte) error {
	return decodeRecord(b, func(tag uint64, f field) error { return takeCapture(c, tag, f) })
}

func takeCapture(c *inspector.Capture, tag uint64, f field) error {
	m := &c.Message
	switch tag {
	case capMethod:
		m.Method = string(f)
	case capURL:
		m.URL = string(f)
	case capTarget:
		m.Target = string(f)
	case capHeader:
		name, value, err := f.pair()
		m.Header = append(m.Header, signature.Field{Name: name, Value: value})
		return err
	case capBody:
		m.Body = f
	case capHead:
		m.Head = f
	case capFrom:
		c.From = string(f)
	case capContent:
		if len(f) != len(c.ContentHash) {
			return errRecord
		}
		copy(c.ContentHash[:], f)
	case capCandidates:
		c.Candidates = append(c.Candidates, string(f))
	default:
		return takeChangeable(c, tag, f)
	}
	return nil
}

func takeChangeable(c *inspector.Capture, tag uint64, f field) error {
	switch tag {
	case capVerdict:
		var v signature.Verdict
		if err := json.Unmarshal(f, &v); err != nil {
			return errRecord
		}
		c.Verdict = v
	case capJudged:
		v, err := decodeVerdict(f)
		if err != nil {
			return err
		}
		c.Verdict = v
	case capNotes:
		c.Notes = append(c.Notes, string(f))
	case capAnswerStatus:
		return f.whole(&c.Answer.Status)
	case capAnswerBy:
		c.Answer.By = string(f)
	case capAnswerSays:
		c.Answer.Says = string(f)
	case capNote:
		c.Note = string(f)
	}
	return nil
}
