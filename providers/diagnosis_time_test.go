package providers

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// timeAccidents happen to the time of a delivery.
func timeAccidents() []accident {
	return []accident{
		judged(signature.TimestampOld, 3*time.Hour),
		judged(signature.TimestampOld, 90*24*time.Hour),
		judged(signature.ClockSkew, -2*time.Hour),
		{cause: signature.TimestampUnit, spoil: func(s *scene, _ Catalog) bool { return s.retime(1000) }},
		{cause: signature.TimestampUnit, spoil: func(s *scene, _ Catalog) bool { return s.retime(0) }},
	}
}

// judged is an accident in which the delivery is judged at another time.
func judged(cause signature.Cause, later time.Duration) accident {
	return accident{cause: cause, spoil: func(s *scene, _ Catalog) bool {
		s.at = s.at.Add(later)
		return s.verdict().Outcome == signature.Stale
	}}
}

var unixTime = regexp.MustCompile(`\b1[0-9]{9}([0-9]{3})?\b`)

// retime writes the Unix time of the delivery in another unit: times factor,
// or as a date when that is 0. Its signature stays that of the unit before.
func (s *scene) retime(factor int64) bool {
	if s.p.SchemeKind == "http-signature" {
		return false // the time is a parameter of the signature, and part of its form
	}
	for i, f := range s.m.Header {
		stamp := unixTime.FindString(f.Value)
		n, err := strconv.ParseInt(stamp, 10, 64)
		// A time of milliseconds that are not whole seconds can't be told from seconds.
		if err != nil || len(stamp) != 10 && factor == 0 {
			continue
		}
		text := strconv.FormatInt(n*factor, 10)
		switch {
		case len(stamp) == 13 && n%1000 == 0:
			text = strconv.FormatInt(n/1000, 10)
		case len(stamp) == 13:
			continue
		case factor == 0:
			text = time.Unix(n, 0).UTC().Format(time.RFC3339)
		}
		s.m.Header = s.m.Header.With(f.Name, strings.Replace(s.m.Header[i].Value, stamp, text, 1))
		s.m.Head = nil
		return true
	}
	return false
}
