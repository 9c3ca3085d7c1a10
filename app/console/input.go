package console

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"shopbell/app/settings"
	"shopbell/providers/signature"
)

// message reads a raw HTTP request from a file, or from stdin for "-".
func (s *session) message(file, publicURL string) (signature.Message, error) {
	if publicURL != "" {
		if err := settings.CheckURL("--url", publicURL); err != nil {
			return signature.Message{}, err
		}
	}
	from := s.stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return signature.Message{}, wrongUse(fmt.Sprintf("reading %q: %s", file, reason(err)), "give the file of a raw HTTP request, or - for standard input")
		}
		defer f.Close()
		from = f
	}
	m, err := signature.ReadMessage(from, publicURL, signature.ReadLimit{})
	switch {
	case errors.Is(err, signature.ErrHeadTooLarge), errors.Is(err, signature.ErrBodyTooLarge):
		return signature.Message{}, wrongUse(fmt.Sprintf("reading %q: %v", file, err), "Shopbell takes no larger request from a provider either")
	case err != nil:
		return signature.Message{}, wrongUse(fmt.Sprintf("reading %q: %v", file, err), "expected a raw HTTP request: request line, headers, empty line, body")
	}
	return m, nil
}

// reason is an error of the file system without the path, which stands beside it.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// instant reads RFC 3339 or Unix seconds, with a fraction if need be; "" is now.
func instant(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return now, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil && isRFC3339(text) {
		return t, nil
	}
	seconds, err := unix(text)
	// The upper bound is the year 9999, the last one that RFC 3339 can write.
	if err == nil && seconds.Before(time.Unix(253402300800, 0)) {
		return seconds, nil
	}
	advice := "expected RFC 3339 (2025-06-01T10:30:00Z) or Unix seconds (1748773800)"
	if err == nil {
		advice += "; this looks like milliseconds"
	}
	return time.Time{}, wrongUse(fmt.Sprintf("%q is no time", text), advice)
}

// isRFC3339 tells whether text has the form of RFC 3339: time.Parse takes
// "30,5" seconds, an hour of one digit and a zone of a day as well.
func isRFC3339(text string) bool {
	form := regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`)
	return form.MatchString(text)
}

// unix reads digits, and after a point up to nine more.
func unix(text string) (time.Time, error) {
	whole, fraction, point := strings.Cut(text, ".")
	seconds, err := strconv.ParseUint(whole, 10, 53)
	if err != nil || !point {
		return time.Unix(int64(seconds), 0).UTC(), err
	}
	if len(fraction) > 9 {
		fraction = fraction[:9]
	}
	nanos, err := strconv.ParseUint(fraction+strings.Repeat("0", 9-len(fraction)), 10, 32)
	if fraction == "" {
		err = strconv.ErrSyntax
	}
	return time.Unix(int64(seconds), int64(nanos)).UTC(), err
}
