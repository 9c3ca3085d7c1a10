package rehearsal

import (
	"strings"
	"testing"
)

func read(text string) state { return newState([]byte(text)) }

func TestGrowthTellsOnceFromTwice(t *testing.T) {
	for _, c := range []struct {
		before, after, from, to string
		times                   int
	}{
		{`{"orders":[]}`, `{"orders":[1]}`, `{"orders":[1]}`, `{"orders":[1,2]}`, 1},
		{`{"orders":[]}`, `{"orders":[1]}`, `{"orders":[1]}`, `{"orders":[1,2,3]}`, 2},
		{`{"orders":[]}`, `{"orders":[1]}`, `{"orders":[1]}`, `{"orders":[1,2,3,4]}`, 3},
		{`{"stock":9}`, `{"stock":8}`, `{"stock":8}`, `{"stock":6}`, 2},
		{`{"sum":0.5}`, `{"sum":10.5}`, `{"sum":10.5}`, `{"sum":20.5}`, 1},
		{`{"sum":0.5,"n":1}`, `{"sum":10.5,"n":2}`, `{"sum":10.5,"n":2}`, `{"sum":20.5,"n":2}`, 0},
		{`{"n":1,"at":1764500000}`, `{"n":2,"at":1764500007}`, `{"n":2,"at":1764500007}`, `{"n":3,"at":1764500091}`, 1},
		{`{"at":1}`, `{"at":1}`, `{"at":1}`, `{"at":2}`, 0},
		{"a\n", "a\nb\n", "a\nb\n", "a\nb\nc\n", 1},
		{"a\n", "a\nb\n", "a\nb\n", "a\nb\nc\nd\n", 2},
		{"", "a", "a", "a\nb\nc", 2},
	} {
		times, where := growth(read(c.before), read(c.after), read(c.from), read(c.to))
		if times != c.times || (times > 0) != (where != "") {
			t.Errorf("%+v: %d times by %q", c, times, where)
		}
	}
}

func TestAChangeIsSaidInWords(t *testing.T) {
	for _, c := range []struct{ from, to, says string }{
		{`{"orders":[]}`, `{"orders":[{"id":"a"}]}`, "the number of orders went from 0 to 1"},
		{`{"o":{"status":"paid"}}`, `{"o":{"status":"open"}}`, `o.status went from "paid" to "open"`},
		{`[1]`, `[1]`, "nothing changed"},
		{`{"a":1}`, `{"a": 1}`, "its text differs"},
		{"a\nb", "a\nc", `line 2 went from "b" to "c"`},
		{`{"a":1,"b":1,"c":1,"d":1}`, `{"a":2,"b":2,"c":2,"d":2}`, "c went from 1 to 2 and 1 more"},
	} {
		if got := read(c.from).change(read(c.to)); !strings.HasSuffix(got, c.says) {
			t.Errorf("%s to %s: %q, expected %q", c.from, c.to, got, c.says)
		}
	}
}

func FuzzStatesAreComparedWhateverTheyAre(f *testing.F) {
	f.Add([]byte(`{"orders":[{"id":1}],"sum":1e400}`), []byte("a\nb"))
	f.Add([]byte(strings.Repeat("[", 5000)+strings.Repeat("]", 5000)), []byte(`"\ud800"`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		one, two := newState(a), newState(b)
		if one.change(two) == "" || one.overwritten(one) != "" {
			t.Errorf("%q and %q: %q", a, b, one.overwritten(one))
		}
		growth(one, two, two, one)
	})
}
