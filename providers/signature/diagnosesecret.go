package signature

import (
	"crypto/subtle"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
)

// maxSuspects is how many other secrets are kept to be tried together with
// another accident.
const maxSuspects = 512

// suspect tries secrets on the message as it came and keeps them for two.
func (q *search) suspect(tried string, all []suspicion) *Diagnosis {
	if len(all) == 0 {
		return nil
	}
	secrets, before := make([]Secret, len(all)), q.compared
	for i, s := range all {
		secrets[i] = s.secret
	}
	r := q.try(q.Scheme, q.Message, secrets)
	if r.ok && r.at >= 0 {
		return q.explained(all[r.at].accident)
	}
	q.note(before, q.compared, tried)
	q.secrets = append(q.secrets, all[:min(len(all), max(0, maxSuspects-len(q.secrets)))]...)
	return nil
}

// whiteSpace tries the secret without the white space that was configured with
// it, and with what the provider may have stored.
func (q *search) whiteSpace() *Diagnosis {
	var all []suspicion
	for _, s := range q.own {
		all = append(all, otherSpace(s)...)
	}
	return q.suspect("white space around the secret, here and at the provider", all)
}

func otherSpace(s Secret) (out []suspicion) {
	bare := bareSecret(s.value)
	if bare == "" {
		return nil
	}
	if bare != s.value {
		before, after, _ := strings.Cut(s.value, bare)
		out = append(out, suspicion{accident{
			cause:    SecretWhitespace,
			says:     "without the white space around the configured secret " + s.Label,
			do:       "Enter the secret again without the space or line end around it.",
			evidence: func() string { return spaceInWords(s.Label, before, after) },
			fix:      &Fix{Kind: TrimSecret, Secret: s.Label},
		}, NewSecret(s.Label, bare)})
	}
	if whole := strings.Join(strings.Fields(bare), ""); whole != bare {
		out = append(out, suspicion{accident{
			cause: SecretWhitespace,
			says:  "without the white space inside the configured secret " + s.Label,
			do:    "Enter the secret again in one piece, without spaces or line ends.",
		}, NewSecret(s.Label, whole)})
	}
	for _, v := range []struct{ before, after, name string }{
		{"", "\n", "a line end (LF) behind it"},
		{"", "\r\n", "a line end (CRLF) behind it"},
		{"", " ", "a space behind it"},
		{" ", "", "a space before it"},
	} {
		out = append(out, suspicion{accident{
			cause:    SecretWhitespace,
			says:     "when secret " + s.Label + " has " + v.name,
			why:      "the provider's copy of the secret has white space that this one lacks",
			do:       "Enter the secret again at the provider without white space around it, or here with it.",
			evidence: func() string { return spaceInWords("at the provider", v.before, v.after) },
		}, NewSecret(s.Label, v.before+bare+v.after)})
	}
	return out
}

// bareSecret takes off white space, and the marks without a width that are
// copied along with a text from a web page.
func bareSecret(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
	})
}

// spaceInWords shows the bytes around a secret.
func spaceInWords(label, before, after string) string {
	var out []string
	for _, side := range []struct{ where, text string }{{"before", before}, {"behind", after}} {
		if side.text != "" {
			out = append(out, side.where+" it: "+hexBytes(side.text))
		}
	}
	return "secret " + label + ", " + strings.Join(out, "; ")
}

// hexBytes shows white space byte by byte: "0d 0a".
func hexBytes(text string) string {
	var b strings.Builder
	for i := range min(len(text), 16) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(hex.EncodeToString([]byte{text[i]}))
	}
	if len(text) > 16 {
		b.WriteString(" … (" + strconv.Itoa(len(text)) + " bytes)")
	}
	return b.String()
}

// knows tells whether value is one of the endpoint's own secrets.
func (q *search) knows(value string) bool {
	for _, own := range q.own {
		if subtle.ConstantTimeCompare([]byte(own.value), []byte(value)) == 1 {
			return true
		}
	}
	return false
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return itoa(int64(n)) + " " + noun + "s"
}
