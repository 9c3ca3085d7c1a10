package console

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// message reads a raw HTTP request from a file, or from stdin for "-".
func (s *session) message(file, publicURL string) (signature.Message, error) {
	if publicURL != "" {
		if err := absolute(publicURL); err != nil {
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
	if err != nil {
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

// absolute checks that text is a URL with scheme and host.
func absolute(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return wrongUse(fmt.Sprintf("%q is no absolute URL", text), "expected something like https://shop.example/webhook")
	}
	return nil
}

// instant reads RFC 3339 or Unix seconds, with a fraction if need be; "" is now.
func instant(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return now, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
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
