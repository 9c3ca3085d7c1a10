package signature

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
)

// unixMicro is a time in microseconds, which no provider is known to sign.
const unixMicro TimeFormat = "unix-us"

// timeFormats are the forms in which a timestamp may be written instead.
func timeFormats() []TimeFormat {
	return []TimeFormat{Unix, UnixMilli, unixMicro, RFC3339, ISO8601UTC, HTTPDate, RFC2822}
}

// timestampUnit reads the time in another form: seconds for milliseconds, a
// number for a date. First as it stands there, then as if it had been signed
// in that form and written anew on the way.
func (q *search) timestampUnit() *Diagnosis {
	if q.outcome == Stale {
		return q.unitOfStale()
	}
	before := q.compared
	for _, changes := range []iter.Seq[change]{q.claimChanges(), q.formatChanges()} {
		if d := q.with(changes); d != nil {
			return d
		}
	}
	if d := q.with(q.unitChanges()); d != nil {
		return d
	}
	q.note(before, q.compared, "the timestamp in seconds, milliseconds and as a date")
	return nil
}

// unitOfStale explains a matching signature whose time is far off only because
// it is written in another unit.
func (q *search) unitOfStale() *Diagnosis {
	for _, l := range q.layouts {
		text := l.stampText(q.Message)
		f, t, ok := readTime(text)
		if !ok || f == l.Timestamp.Format || q.Now.Sub(t).Abs() > max(l.Timestamp.Tolerance, 24*time.Hour) {
			continue
		}
		if own, ok := l.Timestamp.Format.parse(text); ok && !own.Equal(t) && q.Now.Sub(own).Abs() > l.Timestamp.Tolerance {
			return q.explained(q.timed(l, "when the timestamp is read as "+formatInWords(f), l.Timestamp.Format).accident)
		}
	}
	return nil
}

// formatChanges read a timestamp that the scheme can't read, but that is a time
// in another form.
func (q *search) formatChanges() iter.Seq[change] {
	return func(yield func(change) bool) {
		for _, l := range q.layouts {
			if l.Timestamp.At.IsZero() {
				continue
			}
			own, text := l.Timestamp.Format, l.stampText(q.Message)
			f, _, ok := readTime(text)
			if _, fine := own.parse(text); !ok || fine {
				continue
			}
			l.Timestamp.Optional = true
			if !yield(q.timed(l, "when the timestamp is read as "+formatInWords(f), own)) {
				return
			}
		}
	}
}

func (q *search) timed(l layout, says string, own TimeFormat) change {
	return change{accident: accident{cause: TimestampUnit, says: says, why: "this provider writes " + own.inWords(),
		do:       "Compare the provider's documentation: either it changed the form of the time, or something on the way wrote it anew.",
		evidence: func() string { return l.Timestamp.At.inWords() + ": " + q.safe(l.stampText(q.Message)) }}, scheme: l.laid()}
}

// unitChanges write the timestamp anew in each other form, which is then part
// of the signed text.
func (q *search) unitChanges() iter.Seq[change] {
	return func(yield func(change) bool) {
		for _, l := range q.layouts {
			text, own := l.stampText(q.Message), l.Timestamp.Format
			_, t, ok := readTime(text)
			if !ok {
				continue
			}
			l.Timestamp.Optional = true
			for _, f := range timeFormats() {
				signed := formatTime(f, t)
				if signed == text {
					continue
				}
				for _, c := range l.restamped(q.Message, text, signed) {
					c.accident, c.scheme = q.timed(l, "when "+signed+" was signed for the timestamp", own).accident, l.laid()
					if !yield(c) {
						return
					}
				}
			}
		}
	}
}

// readTime reads a time in whatever form; the unit of a number by its size.
func readTime(text string) (TimeFormat, time.Time, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 {
		switch {
		case n < 1e11:
			return Unix, time.Unix(n, 0).UTC(), true
		case n < 1e14:
			return UnixMilli, time.UnixMilli(n).UTC(), true
		case n < 1e17:
			return unixMicro, time.UnixMicro(n).UTC(), true
		}
		return "", time.Time{}, false
	}
	for _, f := range []TimeFormat{RFC3339, ISO8601, HTTPDate, RFC2822} {
		if t, ok := f.parse(text); ok {
			return f, t, true
		}
	}
	return "", time.Time{}, false
}

func formatTime(f TimeFormat, t time.Time) string {
	if f == unixMicro {
		return itoa(t.UnixMicro())
	}
	return f.format(t)
}

func formatInWords(f TimeFormat) string {
	if f == unixMicro {
		return "a Unix time in microseconds"
	}
	return f.inWords()
}

// old explains a signature that matches and whose time is off.
func (q *search) old() *Diagnosis {
	d := &Diagnosis{
		Cause: TimestampOld,
		Says:  "The signature is right, but it was made long before the time it was judged at: an old delivery, a late retry or a replay.",
		Do:    "Sign it again with a fresh timestamp to replay it, or allow a larger tolerance at the endpoint.",
	}
	for _, l := range q.layouts {
		text := l.stampText(q.Message)
		t, ok := l.Timestamp.Format.parse(text)
		if ok && l.Timestamp.Tolerance > 0 && q.Now.Sub(t).Abs() > l.Timestamp.Tolerance {
			return q.off(d, l.Timestamp, text, q.Now.Sub(t))
		}
	}
	future := slices.ContainsFunc(q.layouts, q.fromTheFuture)
	for _, step := range q.verdict.Steps {
		if !step.OK && step.Name == "Timestamp" {
			d.Evidence = step.Evidence
			future = future || strings.Contains(step.Evidence, " after the time it was judged at")
		}
	}
	if future {
		d.Cause = ClockSkew
		d.Says = "The signature is right, but its time is later than the time it was judged at."
		d.Do = skewDo
	}
	return d
}

const skewDo = "Judge it as of the time at which it arrived. If it was, either this machine's clock or the sender's is off: set this one by the network."

func (q *search) off(d *Diagnosis, stamp Timestamp, text string, age time.Duration) *Diagnosis {
	off, accepted := spell(age), spell(stamp.Tolerance)
	d.Says = "The signature is right, but it was made " + off + " before the time it was judged at, and " +
		accepted + " are accepted: an old delivery, a late retry or a replay."
	if age < 0 {
		d.Cause = ClockSkew
		d.Says = "The signature is right, but its time is " + off + " later than the time it was judged at, and " + accepted + " are accepted."
		d.Do = skewDo
	}
	d.Evidence = "signed at " + q.safe(text) + ", judged at " + q.Now.UTC().Format(time.RFC3339)
	// A delay of more than a day is no matter of the tolerance.
	if age.Abs() <= 24*time.Hour {
		d.Fix = &Fix{Kind: WidenTolerance, Tolerance: int64(age.Abs()/time.Second) + 60}
	}
	return d
}
