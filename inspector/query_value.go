package inspector

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// cutComparison splits ">=400" into its sign and the rest; no sign is "=".
func cutComparison(s string) (sign, rest string) {
	for _, sign := range []string{">=", "<=", ">", "<", "="} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return sign, rest
		}
	}
	return "=", s
}

// compares tells whether a stands to b as sign says.
func compares(a float64, sign string, b float64) bool {
	switch sign {
	case ">":
		return a > b
	case ">=":
		return a >= b
	case "<":
		return a < b
	case "<=":
		return a <= b
	}
	return a == b
}

// statusTerm reads 200, 5xx, >=400 and none, which is no answer.
func (w queryWord) statusTerm() (queryTerm, error) {
	const expected = "a status such as 200, 5xx, >=400, or none"
	var tests []func(int) bool
	var need Need
	for _, v := range w.alternatives() {
		v = strings.ToLower(v)
		test := statusTest(v)
		if test == nil {
			return queryTerm{}, w.badValue(expected)
		}
		tests, need = append(tests, test), append(need, statusClues(v, test)...)
	}
	return queryTerm{needs: []Need{need}, brief: func(s *Summary) bool {
		for _, test := range tests {
			if test(s.Status) {
				return true
			}
		}
		return false
	}}, nil
}

func statusTest(v string) func(int) bool {
	if v == "none" {
		return func(status int) bool { return status == 0 }
	}
	if len(v) == 3 && v[1:] == "xx" && v[0] >= '1' && v[0] <= '5' {
		return func(status int) bool { return status/100 == int(v[0]-'0') }
	}
	sign, rest := cutComparison(v)
	n, err := strconv.Atoi(rest)
	if err != nil || n < 100 || n > 999 {
		return nil
	}
	// No answer is not a status below 400.
	return func(status int) bool { return status != 0 && compares(float64(status), sign, float64(n)) }
}

// sizeTerm reads >10k, <2M and plain bytes.
func (w queryWord) sizeTerm() (queryTerm, error) {
	sign, rest := cutComparison(w.value)
	n, ok := parseSize(rest)
	if !ok {
		return queryTerm{}, w.badValue("a number of bytes such as >500, >=10k or <2M")
	}
	return queryTerm{
		needs: []Need{sizeClues(sign, n)},
		brief: func(s *Summary) bool { return compares(float64(s.Size), sign, n) },
	}, nil
}

// parseSize reads a size in bytes; k, M and G are powers of 1024, as a body
// limit counts them.
func parseSize(s string) (float64, bool) {
	unit := 1.0
	s = strings.TrimSuffix(strings.ToLower(s), "b")
	for i, u := range []string{"k", "m", "g"} {
		if rest, ok := strings.CutSuffix(s, u); ok {
			s, unit = rest, math.Pow(1024, float64(i+1))
			break
		}
	}
	n, ok := parsePlain(s)
	return n * unit, ok
}

// parsePlain reads digits with at most one dot: no sign, no exponent, no hex.
func parsePlain(s string) (float64, bool) {
	if s == "" || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// timeTerm reads since and until: 30m, 2d, a date or RFC 3339.
func (w queryWord) timeTerm(field string, now time.Time) (queryTerm, error) {
	t, day, ok := parseMoment(w.value, now)
	if !ok {
		return queryTerm{}, w.badValue("a time ago such as 30m, 1h, 2d or 1w, a date such as 2026-11-20, or RFC 3339")
	}
	if field == "since" {
		return queryTerm{
			span:  func(_, newest time.Time) bool { return !newest.Before(t) },
			brief: func(s *Summary) bool { return !s.Received.Before(t) },
		}, nil
	}
	if day { // until a day is to its end
		t = endOfDay(t)
	}
	return queryTerm{
		span:  func(oldest, _ time.Time) bool { return !oldest.After(t) },
		brief: func(s *Summary) bool { return !s.Received.After(t) },
	}, nil
}

// parseMoment returns the time that v names; day tells that it is a whole day.
func parseMoment(v string, now time.Time) (t time.Time, day, ok bool) {
	if ago, ok := parseAgo(v); ok {
		return now.Add(-ago), false, true
	}
	if t, err := time.ParseInLocation(time.DateOnly, v, now.Location()); err == nil {
		return t, true, true
	}
	t, err := time.Parse(time.RFC3339, v)
	return t, false, err == nil
}

// parseAgo reads a number with one unit: s, m, h, d or w.
func parseAgo(v string) (time.Duration, bool) {
	if v == "" {
		return 0, false
	}
	var unit time.Duration
	switch v[len(v)-1] {
	case 's':
		unit = time.Second
	case 'm':
		unit = time.Minute
	case 'h':
		unit = time.Hour
	case 'd':
		unit = 24 * time.Hour
	case 'w':
		unit = 7 * 24 * time.Hour
	default:
		return 0, false
	}
	n, ok := parsePlain(v[:len(v)-1])
	if !ok || n*float64(unit) >= math.MaxInt64 {
		return 0, false
	}
	return time.Duration(n * float64(unit)), true
}
