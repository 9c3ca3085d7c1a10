package inspector

import (
	"strings"

	"shopbell/providers/signature"
)

// Word is the verdict in one or two words, for lists. A handshake that nobody
// signs has its own.
func (s *Summary) Word() string {
	if s.Handshake != "" && s.Outcome == signature.Unsigned {
		return s.Handshake.Says()
	}
	return signature.Verdict{Provider: s.Provider, Outcome: s.Outcome, Cover: s.Cover}.Word()
}

// What of a path is taken for random, and how much of that is shown: enough to
// tell two endpoints apart, far from enough to send to one.
const (
	randomLength = 16
	randomShown  = 8
)

// ShownPath cuts what looks random in a path, query or URL: the part that keeps
// strangers out must not stand in every line of a log that is shared.
func ShownPath(path string) string {
	var b strings.Builder
	if scheme, rest, absolute := strings.Cut(path, "://"); absolute {
		host := strings.IndexAny(rest+"/", "/?")
		b.WriteString(scheme + "://" + rest[:host])
		path = rest[host:]
	}
	for path != "" {
		end := strings.IndexFunc(path, func(r rune) bool { return !tokenRune(r) })
		switch {
		case end == 0:
			b.WriteByte(path[0])
			path = path[1:]
			continue
		case end < 0:
			end = len(path)
		}
		if random(path[:end]) {
			b.WriteString(path[:randomShown] + "…")
		} else {
			b.WriteString(path[:end])
		}
		path = path[end:]
	}
	return b.String()
}

// tokenRune is what random text in an address is made of: hex, base 32, base64
// for URLs, UUIDs.
func tokenRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_'
}

// random guesses by length and digits; words of a path have few of those.
func random(token string) bool {
	digits := 0
	for _, r := range token {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return len(token) >= randomLength && (digits >= 2 || digits == 1 && mixed(token))
}

// mixed tells whether token has letters of both cases.
func mixed(token string) bool {
	return strings.ToLower(token) != token && strings.ToUpper(token) != token
}
