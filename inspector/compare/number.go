package compare

import (
	"strconv"
	"strings"
)

// exponentDigits is how many digits of an exponent are worked with; a longer one
// is compared as it is written.
const exponentDigits = 15

// decimal writes a JSON number in one form, exactly: 1.50, 15e-1 and 0.15E+1
// become 15e-1. -0 is 0. No float is made of it: 9007199254740993 is not
// 9007199254740992.
func decimal(raw []byte) string {
	text := string(raw)
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	minus := strings.HasPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(mantissa, "-"), ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return "0"
	}
	shift := 0
	if exponent != "" {
		sign, size := "", strings.TrimLeft(exponent, "+-")
		if exponent[0] == '-' {
			sign = "-"
		}
		if size = strings.TrimLeft(size, "0"); len(size) > exponentDigits {
			return "as written " + text
		}
		shift, _ = strconv.Atoi(sign + "0" + size) // digits only, checked by signature.ValidJSON
	}
	short := strings.TrimRight(digits, "0")
	shift += len(digits) - len(short) - len(fraction)
	if minus {
		short = "-" + short
	}
	return short + "e" + strconv.Itoa(shift)
}
