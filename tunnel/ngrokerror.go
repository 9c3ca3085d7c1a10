package tunnel

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"regexp"
	"strings"
	"unicode"
)

// maxSaid bounds, in runes, what we repeat of a message of the service.
const maxSaid = 300

// failure turns an error of ngrok's library into words, without the token.
func failure(err error, token string) *Error {
	text := scrub(err.Error(), token)
	said := plainMessage(text)
	if code := codeOf(err); code != "" {
		e := ngrokError(code, said)
		e.cause = err
		return hide(e, token)
	}
	return hide(&Error{Says: said, Advice: networkAdvice(err), cause: err}, token)
}

// hide drops a cause whose text holds the token.
func hide(e *Error, token string) *Error {
	if token != "" && e.cause != nil && strings.Contains(e.cause.Error(), token) {
		e.cause = nil
	}
	return e
}

// codeOf finds the service's code. Errors in events are not of the library's
// own error type, and after a reconnect the code is in the text alone.
func codeOf(err error) string {
	var returned interface{ Code() string }
	if errors.As(err, &returned) && isCode(returned.Code()) {
		return returned.Code()
	}
	var inEvent interface{ ErrorCode() string }
	if errors.As(err, &inEvent) && isCode(inEvent.ErrorCode()) {
		return inEvent.ErrorCode()
	}
	return findCode(err.Error())
}

func isCode(text string) bool { return text != "" && findCode(text) == text }

var codePattern = regexp.MustCompile(`ERR_NGROK_[0-9]{1,6}`)

func findCode(text string) string { return codePattern.FindString(text) }

// plainMessage makes one line of a message: no code, no link, no control
// characters, none of the library's "failed to".
func plainMessage(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.Map(printable, line))
		if line != "" && findCode(strings.ToUpper(line)) == "" {
			lines = append(lines, line)
		}
	}
	said := strings.Join(lines, " ")
	for _, prefix := range []string{
		"failed to connect: ", "failed to accept connection: ", "failed to start tunnel: ",
		"failed to send authentication request: ", "authentication failed: ",
	} {
		said = strings.TrimPrefix(said, prefix)
	}
	return clip(strings.TrimSuffix(said, "."))
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return ' '
}

// clip bounds text that came from outside.
func clip(text string) string {
	runes := []rune(strings.Map(printable, text))
	if len(runes) <= maxSaid {
		return string(runes)
	}
	return string(runes[:maxSaid]) + "…"
}

// networkAdvice tells what to do about an error that is not the service's.
func networkAdvice(err error) string {
	var (
		lookup  *net.DNSError
		unknown x509.UnknownAuthorityError
		name    x509.HostnameError
		cert    *tls.CertificateVerificationError
		header  tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &lookup):
		return "Check that this machine is on the internet."
	case errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &cert), errors.As(err, &header),
		strings.Contains(err.Error(), "x509:"), strings.Contains(err.Error(), "tls:"):
		return "Something between this machine and ngrok answers in its place: log in to the network's own page, or ask for connect.ngrok-agent.com to be let through."
	}
	return "Check the network; it is tried again by itself."
}
