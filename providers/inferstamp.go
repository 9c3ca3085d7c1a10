package providers

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// stamp is a time in the message that may be signed.
type stamp struct {
	at     signature.Part
	format signature.TimeFormat
	text   string
	list   *listed // in which a key stands
}

// inferredTolerance is how far the time of an inferred scheme may be off: five
// minutes, as most providers have it.
const inferredTolerance = 5 * time.Minute

// timestamp is s for a scheme, with a tolerance.
func (s stamp) timestamp() signature.Timestamp {
	return signature.Timestamp{At: s.at, Format: s.format, Tolerance: inferredTolerance, Chosen: "our choice, the provider gives no number"}
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
	if _, err := http.ParseTime(text); err == nil {
		return signature.HTTPDate, true
	}
	_, err := time.Parse(time.RFC1123Z, text)
	return signature.RFC2822, err == nil
}

// stampsOf lists the times of a message that say when it was sent: those in
// the lists beside a signature first, then those of headers and the query.
// What the body tells of time may be that of the order, long ago.
func stampsOf(m signature.Message, places []place) []stamp {
	var out []stamp
	for _, p := range places {
		if p.list.Pairs != "" && p.at.Kind == signature.PartHeader && len(p.at.Filters) == 0 {
			out = append(out, listedStamps(m, p)...)
		}
	}
	for _, v := range valuesOf(signature.Message{Target: m.Target, Header: m.Header}) {
		text := strings.TrimSpace(v.text)
		if format, ok := timeFormatOf(text); ok && len(v.part.Filters) == 0 {
			out = append(out, stamp{at: v.part, format: format, text: text})
		}
	}
	return distinct(out)
}

// listedStamps are the times in the list in which p stands.
func listedStamps(m signature.Message, p place) (out []stamp) {
	in := &listed{p.at, p.list.Pairs, p.list.Equals}
	for i, part := range strings.Split(m.Header.Get(p.at.Name), p.list.Pairs) {
		key, text, ok := strings.Cut(strings.TrimSpace(part), p.list.Equals)
		if p.list.Equals == "" {
			key, text, ok = strconv.Itoa(i+1), part, true
		}
		text = strings.TrimSpace(text)
		format, isTime := timeFormatOf(text)
		if ok && isTime && !strings.Contains(strings.ToLower(key), "nonce") {
			out = append(out, stamp{signature.Part{Kind: signature.PartKey, Name: strings.TrimSpace(key)}, format, text, in})
		}
	}
	return out
}

func distinct(stamps []stamp) (out []stamp) {
	seen := map[string]bool{}
	for _, s := range stamps {
		id := s.at.String()
		if s.list != nil {
			id += s.list.at.Name + s.list.pairs + s.list.equals
		}
		if !seen[id] {
			seen[id] = true
			out = append(out, s)
		}
	}
	return out
}
