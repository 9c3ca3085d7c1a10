package inspector

import (
	"strings"
	"time"
)

// CutTimes takes the words since: and until: that are not negated out of a
// search text. rest is what is left of it as it was typed. A capture that meets
// what was taken out was received from since to until, both included; a zero
// time is no bound. The errors are those of ParseQuery.
func CutTimes(text string, now time.Time) (rest string, since, until time.Time, err error) {
	q, err := ParseQuery(text, now)
	if err != nil {
		return "", since, until, err
	}
	var left []string
	for _, w := range q.words {
		t, day, ok := parseMoment(w.value, now)
		switch field := strings.ToLower(w.field); {
		case w.negated || !ok || field != "since" && field != "until":
			left = append(left, w.text)
		case field == "since":
			if since.IsZero() || t.After(since) {
				since = t
			}
		default:
			if day {
				t = endOfDay(t)
			}
			if until.IsZero() || t.Before(until) {
				until = t
			}
		}
	}
	return strings.Join(left, " "), since, until, nil
}

// Between is the search text for what was received from from on and before to.
func Between(from, to time.Time) string {
	return "since:" + from.Format(time.RFC3339Nano) + " until:" + to.Add(-1).Format(time.RFC3339Nano)
}

// endOfDay is the last moment of the day that begins at t.
func endOfDay(t time.Time) time.Time { return t.AddDate(0, 0, 1).Add(-1) }
