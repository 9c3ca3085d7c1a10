package redact

import (
	"bytes"
	"net/netip"
)

// Bounds of what is looked at, in bytes: no address or number is longer.
const (
	maxLocal  = 64 // of an e-mail address, before the @
	maxDomain = 255
	maxNumber = 48 // of a card, phone or account number with its separators
	maxIP     = 45
)

// patterns finds what is personal by its form, wherever it stands. It looks at
// most a fixed number of bytes ahead of each place.
func (s *search) patterns() {
	s.emails()
	text := s.text
	for i := 0; i < len(text); {
		if !digit(text[i]) && !letter(text[i]) && text[i] != '+' && text[i] != ':' {
			i++
			continue
		}
		end := s.number(i)
		if end > i {
			s.hide(i, end, false)
			i = end
			continue
		}
		i = wordEnd(text, i)
	}
}

// wordEnd is the end of the word at i, at least one byte on.
func wordEnd(text []byte, i int) int {
	for i++; i < len(text) && wordByte(text[i]); i++ {
	}
	return i
}

// number returns the end of the number of a person that begins at i, i when
// there is none.
func (s *search) number(i int) int {
	text := s.text[i:]
	switch c := text[0]; {
	case c == '+' && (i == 0 || !wordByte(s.text[i-1])):
		return i + phoneLen(text)
	case c == ':' || hexes(text[:1]):
		dotted := i > 1 && s.text[i-1] == '.' && digit(s.text[i-2]) // the middle of 1.2.3.4.5
		if n := ipLen(text); n > 0 && !dotted {
			return i + n
		}
	}
	switch {
	case digit(text[0]):
		return i + cardLen(text)
	case letter(text[0]):
		return i + ibanLen(text)
	}
	return i
}

// emails hides what stands around an @ like an address.
func (s *search) emails() {
	text, last := s.text, 0
	for i := bytes.IndexByte(text, '@'); i >= 0; {
		from := i
		for from > last && i-from < maxLocal && localByte(text[from-1]) {
			from--
		}
		to := i + 1
		for to < len(text) && to-i <= maxDomain && domainByte(text[to]) {
			to++
		}
		for to > i+1 && (text[to-1] == '.' || text[to-1] == '-') { // the end of a sentence
			to--
		}
		if dot := bytes.LastIndexByte(text[i+1:to], '.'); from < i && dot > 0 && to-(i+1)-dot > 2 {
			s.hide(from, to, false)
		}
		last = i + 1
		next := bytes.IndexByte(text[last:], '@')
		if next < 0 {
			return
		}
		i = last + next
	}
}

func localByte(c byte) bool {
	return wordByte(c) || bytes.IndexByte([]byte("!#$*+-./?^_`|~"), c) >= 0
}

func domainByte(c byte) bool { return wordByte(c) && c != '_' || c == '.' || c == '-' }

// phoneLen is the length of the international phone number that text begins
// with: + and 8 to 15 digits (ITU-T E.164), in groups.
func phoneLen(text []byte) int {
	digits, best := 0, 0
	for i := 1; i < min(len(text), maxNumber); i++ {
		c := text[i]
		if !digit(c) {
			if bytes.IndexByte([]byte(" -./()"), c) < 0 || i > 2 && !digit(text[i-1]) && !digit(text[i-2]) {
				break
			}
			continue
		}
		digits++
		if groupEnds(text, i) && digits >= 8 && digits <= 15 {
			best = i + 1
		}
	}
	return best
}

// groupEnds tells whether a group of digits ends at i.
func groupEnds(text []byte, i int) bool { return i+1 == len(text) || !wordByte(text[i+1]) }

// cardLen is the length of the card number that text begins with.
func cardLen(text []byte) int {
	var kept [20]byte
	digits, best := kept[:0], 0
	for i := 0; i < min(len(text), maxNumber) && len(digits) < 19; i++ {
		c := text[i]
		if !digit(c) {
			if c != ' ' && c != '-' || !digit(text[i-1]) {
				break
			}
			continue
		}
		digits = append(digits, c-'0')
		if groupEnds(text, i) && cardDigits(digits) {
			best = i + 1
		}
	}
	return best
}

// cardDigits tells whether digits begin and sum up like those of a card: the
// ranges of ISO/IEC 7812 that are in use.
func cardDigits(digits []byte) bool {
	n := len(digits)
	if n < 13 || n > 19 {
		return false
	}
	switch digits[0] {
	case 2, 5:
		if n != 16 {
			return false
		}
	case 3:
		if n != 14 && n != 15 && n != 16 {
			return false
		}
	case 4:
		if n != 13 && n != 16 && n != 19 {
			return false
		}
	case 6:
		if n < 16 {
			return false
		}
	default:
		return false
	}
	sum := 0
	for i, d := range digits {
		v := int(d)
		if (n-i)%2 == 0 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

// ibanLen is the length of the IBAN that text begins with: ISO 13616, in one or
// in groups of four.
func ibanLen(text []byte) int {
	if len(text) < 4 || !letter(text[1]) || !digit(text[2]) || !digit(text[3]) {
		return 0
	}
	var code []byte
	best := 0
	for i := 0; i < min(len(text), maxNumber) && len(code) < 34; i++ {
		c := text[i]
		switch {
		case digit(c) || letter(c):
			code = append(code, lower(c))
			if ends := i+1 == len(text) || !wordByte(text[i+1]); ends && len(code) >= 15 && mod97(code) == 1 {
				best = i + 1
			}
		case c != ' ' || len(code)%4 != 0 || text[i-1] == ' ':
			return best
		}
	}
	return best
}

// mod97 is the checksum of an IBAN; 1 is right.
func mod97(code []byte) int {
	sum := 0
	for i := range code {
		c := code[(i+4)%len(code)]
		if digit(c) {
			sum = (sum*10 + int(c-'0')) % 97
		} else {
			sum = (sum*100 + int(c-'a') + 10) % 97
		}
	}
	return sum
}

// ipLen is the length of the network address that text begins with. Addresses
// of this machine are nobody's.
func ipLen(text []byte) int {
	n, dots, colons := 0, 0, 0
	for n < min(len(text), maxIP) && (hexes(text[n:n+1]) || text[n] == '.' || text[n] == ':') {
		switch text[n] {
		case '.':
			dots++
		case ':':
			colons++
		}
		n++
	}
	if dots == 3 && colons == 1 { // IPv4 with a port behind
		n = bytes.IndexByte(text, ':')
	}
	for n > 0 && (text[n-1] == '.' || text[n-1] == ':' && !bytes.HasSuffix(text[:n], []byte("::"))) {
		n--
	}
	if n < 3 || dots < 3 && colons < 2 || n < len(text) && wordByte(text[n]) {
		return 0
	}
	a, err := netip.ParseAddr(string(text[:n]))
	if err != nil || a.IsLoopback() || a.IsUnspecified() {
		return 0
	}
	return n
}
