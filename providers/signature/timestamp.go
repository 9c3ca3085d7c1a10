package signature

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// TimeFormat is how a timestamp is written.
type TimeFormat string

// The formats. ISO8601UTC is strict: date, T, time, at most nine digits of
// fraction, Z. A text in it can't be mistaken for anything else, which makes
// it safe to join with a body.
const (
	ISO8601UTC TimeFormat = "iso8601-utc"
	RFC3339    TimeFormat = "rfc3339"
	Unix       TimeFormat = "unix"
	UnixMilli  TimeFormat = "unix-ms"
	ISO8601    TimeFormat = "iso8601"   // as RFC 3339; without a zone it is UTC
	HTTPDate   TimeFormat = "http-date" // as in a Date header
	RFC2822    TimeFormat = "rfc2822"   // as in a mail: the zone is a number
)

// mailTime is time.RFC1123Z with a day of one digit too, as RFC 2822 has it.
const mailTime = "Mon, 2 Jan 2006 15:04:05 -0700"

// Timestamp is where a scheme's timestamp stands and how far it may be off.
type Timestamp struct {
	// At is "key:NAME" inside the signature's list, or a header, json, form or
	// query part. The zero Part means that the scheme has no timestamp.
	At     Part
	Format TimeFormat
	// Tolerance is how far it may be off, both ways; 0 is any distance.
	Tolerance time.Duration
	// Optional makes a timestamp that can't be read no fault: then its age is
	// not known and the tolerance has no meaning.
	Optional bool
	// Chosen says whose number the tolerance is when it isn't the provider's,
	// for example "our choice".
	Chosen string
}

// Known tells whether f is one of the constants.
func (f TimeFormat) Known() bool {
	switch f {
	case ISO8601UTC, RFC3339, Unix, UnixMilli, ISO8601, HTTPDate, RFC2822:
		return true
	}
	return false
}

func (f TimeFormat) parse(text string) (time.Time, bool) {
	switch f {
	case ISO8601UTC:
		if !strings.HasSuffix(text, "Z") || !looksISO(text) || len(text) > len("2024-05-06T07:08:09.123456789Z") {
			return time.Time{}, false
		}
		t, err := time.Parse(time.RFC3339, text)
		return t, err == nil
	case RFC3339:
		if !looksISO(text) {
			return time.Time{}, false
		}
		t, err := time.Parse(time.RFC3339, text)
		_, offset := t.Zone()
		return t, err == nil && max(offset, -offset) < 24*60*60
	case ISO8601:
		return parseISO(text)
	case HTTPDate:
		t, err := http.ParseTime(text)
		return t, err == nil && len(text) < maxShown
	case RFC2822:
		t, err := time.Parse(mailTime, text)
		return t, err == nil && len(text) < maxShown
	case Unix, UnixMilli:
		return f.parseNumber(text)
	}
	return time.Time{}, false
}

// parseISO takes a space for the T, a zone without its colon, and none at all.
func parseISO(text string) (time.Time, bool) {
	if len(text) > maxShown {
		return time.Time{}, false
	}
	if len(text) > 10 && text[10] == ' ' {
		text = text[:10] + "T" + strings.TrimSpace(text[11:])
	}
	if at := len(text) - 5; at > 10 && (text[at] == '+' || text[at] == '-') && digits(text[at+1:]) {
		text = text[:at+3] + ":" + text[at+3:]
	}
	if t, ok := RFC3339.parse(text); ok {
		return t, true
	}
	return RFC3339.parse(text + "Z")
}

// parseNumber takes ten digits, thirteen of milliseconds: the years 2001 to
// 2286. Where nothing parts the time from what stands beside it, a number of
// any length could take a digit from there, or leave one to it.
func (f TimeFormat) parseNumber(text string) (time.Time, bool) {
	size := 10
	if f == UnixMilli {
		size = 13
	}
	if len(text) != size {
		return time.Time{}, false
	}
	n := int64(0)
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return time.Time{}, false
		}
		n = 10*n + int64(c-'0')
	}
	if f == Unix {
		return time.Unix(n, 0).UTC(), true
	}
	return time.UnixMilli(n).UTC(), true
}

// looksISO checks each byte, because time.Parse also takes a comma before the
// fraction and an hour of one digit.
func looksISO(text string) bool {
	const form, zone = "0000-00-00T00:00:00", "+00:00"
	rest, utc := strings.CutSuffix(text, "Z")
	if !utc {
		at := max(0, len(text)-len(zone))
		if rest = text[:at]; !shaped(text[at:], zone) && !shaped(text[at:], "-00:00") {
			return false
		}
	}
	if len(rest) < len(form) || !shaped(rest[:len(form)], form) {
		return false
	}
	fraction, there := strings.CutPrefix(rest[len(form):], ".")
	return there && digits(fraction) || rest == rest[:len(form)]
}

// shaped tells whether text is form with any digit for each 0.
func shaped(text, form string) bool {
	if len(text) != len(form) {
		return false
	}
	for i := range form {
		digit := text[i] >= '0' && text[i] <= '9'
		if form[i] == '0' && !digit || form[i] != '0' && text[i] != form[i] {
			return false
		}
	}
	return true
}

func (f TimeFormat) format(t time.Time) string {
	switch f {
	case Unix:
		return itoa(t.Unix())
	case UnixMilli:
		return itoa(t.UnixMilli())
	case RFC3339, ISO8601:
		return t.UTC().Format(time.RFC3339)
	case HTTPDate:
		return t.UTC().Format(http.TimeFormat)
	case RFC2822:
		return t.UTC().Format(time.RFC1123Z)
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

// inWords says what the format looks like.
func (f TimeFormat) inWords() string {
	switch f {
	case Unix:
		return "a Unix time in seconds"
	case UnixMilli:
		return "a Unix time in milliseconds"
	case ISO8601:
		return "a time as in ISO 8601, like 2024-05-06T07:08:09"
	case HTTPDate:
		return "a date like Mon, 06 May 2024 07:08:09 GMT"
	case RFC2822:
		return "a date like Mon, 06 May 2024 07:08:09 +0000"
	case RFC3339:
		return "a time as in RFC 3339, like 2024-05-06T07:08:09+02:00"
	}
	return "a UTC time like 2024-05-06T07:08:09.123Z"
}

// spell writes a duration for a person.
func spell(d time.Duration) string { return string(appendSpelled(nil, d)) }

// appendTenths writes d in seconds with one decimal. Rounding a float would do
// it alone, in ten times the time; what lies in the middle is left to it.
func appendTenths(dst []byte, d time.Duration) []byte {
	const tenth = 100 * time.Millisecond
	if d%tenth == tenth/2 {
		return strconv.AppendFloat(dst, d.Seconds(), 'f', 1, 64)
	}
	n := int64((d + tenth/2) / tenth)
	return append(strconv.AppendInt(dst, n/10, 10), '.', '0'+byte(n%10))
}

// appendSpelled is spell behind what dst holds already.
func appendSpelled(dst []byte, d time.Duration) []byte {
	d = d.Abs()
	switch {
	case d == math.MaxInt64: // a time further off saturates
		return append(dst, "more than 292 years"...)
	case d < 2*time.Minute:
		return append(appendTenths(dst, d), " s"...)
	case d < 2*time.Hour:
		return append(strconv.AppendInt(dst, int64(d/time.Minute), 10), " min"...)
	case d < 48*time.Hour:
		dst = append(strconv.AppendInt(dst, int64(d/time.Hour), 10), " h "...)
		return append(strconv.AppendInt(dst, int64(d%time.Hour/time.Minute), 10), " min"...)
	}
	return append(strconv.AppendInt(dst, int64(d/(24*time.Hour)), 10), " days"...)
}
