package providers

import (
	"crypto/rand"
	"math/big"
	"regexp"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

var (
	uuidEnd = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	ulidEnd = regexp.MustCompile(`(^|[^0-9A-Za-z])[0-7][0-9A-HJKMNP-TV-Z]{25}$`)
)

// freshLike is a random id of the shape of old, never old itself: a UUID and a
// ULID stay one, digits keep their number, what stands before the id keeps its
// text ("evt_").
func freshLike(old string) string {
	for range 100 {
		if id := likely(old); id != old {
			return id
		}
	}
	return old + "1" // one without a single letter or digit
}

func likely(old string) string {
	if at := uuidEnd.FindStringIndex(old); at != nil {
		return old[:at[0]] + uuidLike(old[at[0]:])
	}
	if ulidEnd.MatchString(old) {
		cut := len(old) - ulid.EncodedSize
		return old[:cut] + ulid.MustNew(ulid.Timestamp(time.Now()), rand.Reader).String()
	}
	pieces := piecesOf(old)
	numbered, last := false, 0
	for i, piece := range pieces {
		numbered = numbered || strings.ContainsAny(piece, digits)
		if plain(piece[0]) {
			last = i
		}
	}
	var b strings.Builder
	for i, piece := range pieces {
		if strings.ContainsAny(piece, digits) || !numbered && i == last {
			piece = scrambled(piece)
		}
		b.WriteString(piece)
	}
	return b.String()
}

// uuidLike is a random UUID of the version, variant and case of old.
func uuidLike(old string) string {
	id := []byte(scrambledIn(old, "0123456789abcdef", true))
	id[14], id[19] = old[14], old[19]
	if strings.ToUpper(old) == old && strings.ToLower(old) != old {
		return strings.ToUpper(string(id))
	}
	return strings.ToLower(string(id))
}

// piecesOf cuts an id at each byte that is neither letter nor digit; the
// separators are pieces, too.
func piecesOf(id string) (pieces []string) {
	from := 0
	for i := range len(id) {
		if !plain(id[i]) {
			if i > from {
				pieces = append(pieces, id[from:i])
			}
			pieces, from = append(pieces, id[i:i+1]), i+1
		}
	}
	if from < len(id) {
		pieces = append(pieces, id[from:])
	}
	return pieces
}

func plain(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

const digits = "0123456789"

// scrambled is a random text with a character of the same kind in each place;
// hex of some length stays hex.
func scrambled(piece string) string {
	const hexLength = 8
	lower := strings.ToLower(piece)
	if len(piece) >= hexLength && strings.Trim(lower, digits+"abcdef") == "" && strings.Trim(lower, digits) != "" {
		return scrambledIn(piece, digits+"abcdef", true)
	}
	return scrambledIn(piece, "", false)
}

// scrambledIn draws from letters, or, of hex false, from the kind of each
// character. The first digit of a number stays none but 0 if it was none.
func scrambledIn(piece, letters string, hex bool) string {
	out := []byte(piece)
	for i, c := range out {
		from := letters
		switch {
		case !plain(c):
			continue
		case hex && c >= 'A' && c <= 'F':
			from = strings.ToUpper(letters)
		case hex:
		case c >= '0' && c <= '9':
			from = digits
		case c >= 'a' && c <= 'z':
			from = "abcdefghijklmnopqrstuvwxyz"
		default:
			from = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		}
		if i == 0 && c >= '1' && c <= '9' && !hex {
			from = digits[1:]
		}
		out[i] = from[random(len(from))]
	}
	return string(out)
}

// random is a number below n.
func random(n int) int {
	v, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		return 0 // never: crypto/rand ends the process instead
	}
	return int(v.Int64())
}
