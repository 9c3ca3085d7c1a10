package compare

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// side is a request with a body, of which a signature covers parts.
func side(contentType, body string, covered ...string) Side {
	return Side{Covered: covered, Proved: true, Message: signature.Message{
		Method: "POST", Target: "/hooks?a=1", Body: []byte(body),
		Header: signature.Header{{Name: "Host", Value: "shop.example"}, {Name: "Content-Type", Value: contentType}},
	}}
}

func of(t testing.TB, a, b Side) *Report {
	t.Helper()
	r, err := Of(t.Context(), a, b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// differences are all of a view, in words.
func differences(v *View) []string {
	var out []string
	for n := range v.Marks {
		d := v.Difference(n)
		line := strings.TrimSpace(fmt.Sprintf("%s %s %s → %s %s", d.Sign, d.Place, d.A, d.B, strings.Join(d.Forms, ",")))
		if d.To != "" {
			line += " to " + d.To
		}
		out = append(out, line)
	}
	return out
}

func want(t *testing.T, v *View, lines ...string) {
	t.Helper()
	if got := strings.Join(differences(v), "\n"); got != strings.Join(lines, "\n") {
		t.Errorf("differences:\n%s\nexpected:\n%s", got, strings.Join(lines, "\n"))
	}
}

// value is a random JSON value in the form of encoding/json.
func value(r *rand.Rand, depth int) any {
	kinds := 7
	if depth == 0 {
		kinds = 5
	}
	switch r.IntN(kinds) {
	case 0:
		return json.Number([]string{"0", "1", "-1.5", "1e3", "120.50", "9007199254740993"}[r.IntN(6)])
	case 1:
		return r.IntN(2) == 0
	case 2:
		return nil
	case 3, 4:
		return []string{"", "a", "é/\"\n", "😀", "1042", "PAID", "<&>"}[r.IntN(7)]
	case 5:
		list := make([]any, r.IntN(5))
		for i := range list {
			list[i] = value(r, depth-1)
		}
		return list
	}
	object := map[string]any{}
	for range r.IntN(5) {
		object[[]string{"id", "date", "a.b", "é", "status", "items"}[r.IntN(6)]] = value(r, depth-1)
	}
	return object
}

// written is a value as JSON, written in a way of its own.
func written(r *rand.Rand, v any) string {
	gap := strings.Repeat([]string{" ", "\n", "\t", "\r\n"}[r.IntN(4)], r.IntN(3))
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		keys := slices.Sorted(maps.Keys(v))
		r.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		for _, key := range keys {
			parts = append(parts, gap+text(r, key)+gap+":"+written(r, v[key]))
		}
		return gap + "{" + strings.Join(parts, ",") + gap + "}"
	case []any:
		var parts []string
		for _, inner := range v {
			parts = append(parts, written(r, inner))
		}
		return "[" + gap + strings.Join(parts, gap+",") + "]"
	case string:
		return gap + text(r, v)
	case json.Number:
		forms := map[string][]string{
			"0": {"0", "-0", "0.0", "0e7"}, "1": {"1", "1.0", "10e-1", "1E+0"}, "-1.5": {"-1.5", "-15e-1", "-1.50"},
			"1e3": {"1000", "1e3", "1.000E3"}, "120.50": {"120.5", "120.50", "1.205e2"}, "9007199254740993": {"9007199254740993", "9007199254740993.0"},
		}[v.String()]
		return gap + forms[r.IntN(len(forms))]
	}
	plain, _ := json.Marshal(v)
	return string(plain) + gap
}

// text is a JSON string with some characters escaped.
func text(r *rand.Rand, s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c > 0xffff && r.IntN(2) == 0:
			c -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04X`, 0xd800+c>>10, 0xdc00+c&0x3ff)
		case c <= 0xffff && (c < ' ' || c == '"' || c == '\\' || r.IntN(3) == 0):
			fmt.Fprintf(&b, `\u%04x`, c)
		case c == '/' && r.IntN(2) == 0:
			b.WriteString(`\/`)
		default:
			b.WriteRune(c)
		}
	}
	return `"` + b.String() + `"`
}
