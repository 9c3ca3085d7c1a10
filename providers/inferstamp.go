package providers

import (
	"regexp"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// stamp is a time in the message that may be signed; the zero stamp is none.
type stamp struct {
	at     signature.Part
	format signature.TimeFormat
	// header and list say in which list a key stands: the name of the header,
	// and its two separators.
	header, list string
}

// inferredTolerance is how far the time of an inferred scheme may be off: five
// minutes, as most providers have it.
const inferredTolerance = 5 * time.Minute

func (s stamp) timestamp() signature.Timestamp {
	return signature.Timestamp{At: s.at, Format: s.format}
}

// toleratedStamp gives a time that is signed a tolerance.
func toleratedStamp(l signature.Layout) signature.Timestamp {
	ts := l.Timestamp
	if !ts.At.IsZero() {
		ts.Tolerance, ts.Chosen = inferredTolerance, "our choice, the provider gives no number"
	}
	return ts
}

var (
	unixForm      = regexp.MustCompile(`^[12][0-9]{9}$`)
	unixMilliForm = regexp.MustCompile(`^[12][0-9]{12}$`)
	isoForm       = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`)
)

func timeFormatOf(text string) (signature.TimeFormat, bool) {
	switch {
	case unixForm.MatchString(text):
		return signature.Unix, true
	case unixMilliForm.MatchString(text):
		return signature.UnixMilli, true
	case isoForm.MatchString(text):
		return signature.RFC3339, true
	}
	return "", false
}

// stampsOf lists the times of a message: those in the lists beside a signature
// first, then those of headers, query and body.
func stampsOf(m signature.Message, places []place) []stamp {
	var out []stamp
	for _, p := range places {
		if p.list.Pairs != "" {
			out = append(out, listedStamps(m, p)...)
		}
	}
	for _, v := range valuesOf(m) {
		if format, ok := timeFormatOf(strings.TrimSpace(v.text)); ok {
			out = append(out, stamp{at: v.part, format: format})
		}
	}
	out = distinct(out)
	return out[:min(len(out), maxStamps)]
}

func listedStamps(m signature.Message, p place) (out []stamp) {
	if p.at.Kind != signature.PartHeader {
		return nil
	}
	for part := range strings.SplitSeq(m.Header.Get(p.at.Name), p.list.Pairs) {
		key, text, ok := strings.Cut(strings.TrimSpace(part), p.list.Equals)
		format, isTime := timeFormatOf(strings.TrimSpace(text))
		if ok && isTime {
			out = append(out, stamp{signature.Part{Kind: signature.PartKey, Name: key}, format, p.at.Name, p.list.Pairs + p.list.Equals})
		}
	}
	return out
}

func distinct(stamps []stamp) (out []stamp) {
	seen := map[string]bool{}
	for _, s := range stamps {
		id := s.at.String() + s.header + s.list
		if !seen[id] {
			seen[id] = true
			out = append(out, s)
		}
	}
	return out
}
