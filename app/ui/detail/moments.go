package detail

import (
	"math"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
)

// farthest bounds the seconds that are taken for a time: the year 9999.
const farthest = 253_402_300_799

// clock says a time in a token in words.
type clock func(claim string, seconds float64) string

// clockOf says the times in a token, seen from when its message was received.
func clockOf(received time.Time, zone *time.Location) clock {
	return func(_ string, seconds float64) string {
		if math.IsNaN(seconds) || math.Abs(seconds) > farthest {
			return lang.L("no time between the years 1 and 9999")
		}
		at := time.Unix(int64(seconds), 0)
		moment := look.Moment(at, zone)
		if received.IsZero() {
			return moment
		}
		apart := at.Sub(received).Round(time.Second)
		values := map[string]any{"Moment": moment, "Apart": spanWords(apart.Abs())}
		switch {
		case apart > 0:
			return lang.L("{{.Moment}}, {{.Apart}} after it was received", values)
		case apart < 0:
			return lang.L("{{.Moment}}, {{.Apart}} before it was received", values)
		}
		return lang.L("{{.Moment}}, as it was received", values)
	}
}

// spanWords is a length of time in its largest whole unit.
func spanWords(d time.Duration) string {
	of := func(unit time.Duration) map[string]any { return map[string]any{"Count": int(d / unit)} }
	const day = 24 * time.Hour
	switch {
	case d < 2*time.Minute:
		return lang.L("{{.Count}} s", of(time.Second))
	case d < 2*time.Hour:
		return lang.L("{{.Count}} min", of(time.Minute))
	case d < 2*day:
		return lang.L("{{.Count}} h", of(time.Hour))
	}
	return lang.N("{{.Count}} days", int(d/day), of(day))
}
