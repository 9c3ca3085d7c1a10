package signature

import "strings"

// numberForm is how an encoder writes a number whose value stays the same. A
// number with an exponent is left alone.
type numberForm int

const (
	asWritten   numberForm = iota
	noZeros                // 1.50 as 1.5 and 1.0 as 1: JavaScript, PHP
	pointZero              // 1 as 1.0: Python, Java, where the value was a float
	twoDecimals            // 1.5 as 1.50: amounts from a decimal type
	wholeCents             // 1 as 1.00
)

func (f numberForm) inWords(one bool) string {
	which, form := "numbers", ""
	switch f {
	case noZeros:
		form = "without zeros at the end"
	case pointZero:
		which, form = "whole numbers", "with .0"
	case twoDecimals:
		which, form = "fractions", "with two decimals"
	case wholeCents:
		which, form = "whole numbers", "with .00"
	default:
		return ""
	}
	if one {
		which = "one of the numbers"
	}
	return ", " + which + " " + form
}

func (f numberForm) write(text string) string {
	if strings.ContainsAny(text, "eE") {
		return text
	}
	whole, fraction, point := strings.Cut(text, ".")
	switch {
	case f == noZeros && point:
		if fraction = strings.TrimRight(fraction, "0"); fraction == "" {
			return whole
		}
		return whole + "." + fraction
	case f == pointZero && !point:
		return text + ".0"
	case f == wholeCents && !point:
		return text + ".00"
	case f == twoDecimals && len(fraction) == 1:
		return text + "0"
	}
	return text
}

// maxSingles is how many numbers are changed one at a time.
const maxSingles = 16

// numbersIn lists the numbers in n, at most limit of them.
func (n *node) numbersIn(limit int) (out []*node) {
	if n.number {
		return []*node{n}
	}
	for _, kid := range n.kids {
		if len(out) >= limit {
			break
		}
		out = append(out, kid.numbersIn(limit-len(out))...)
	}
	return out
}

// changes tells whether f writes any number of n in another way.
func (f numberForm) changes(n *node) bool {
	if n.number {
		return f.write(n.text) != n.text
	}
	for _, kid := range n.kids {
		if f.changes(kid) {
			return true
		}
	}
	return false
}
