package signature

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// Two readers that others wrote judge ours: whether a text is JSON, and what
// its outermost object holds.
func FuzzJSONIsReadAsOthersReadIt(f *testing.F) {
	for _, text := range []string{
		`{"a":[1,-0.5e+10,true,false,null,"x\u00e9\n"],"b":{}}`, " [ ] ", `""`, `{"a":1,"a":"2"}`, `{"\u0061":{"b":1},"a ":[2]}`,
		`[1,]`, `{"a":1,}`, `{"a"}`, "01", "-", "1.", "1e", "-0", "1E-9x", "tru", "nulll", "", "\t", "\"\x01\"", `"\x"`, `"\`, "\"\xff\x7f\"",
		`"abcdefghijk\u12g4"`, `"seven..\"quote"`, `"nine.....\\"`, "\"control.\x1f\"", bodyOf(100),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fields := ReadFields(post(text))
		fields.look()
		if want := json.Valid([]byte(text)); fields.valid != want || ValidJSON([]byte(text)) != want {
			t.Fatalf("%q: %v, expected %v", text, fields.valid, want)
		}
		if strings.Count(text, `{"`)+strings.Count(text, ",") > 100 || !fields.valid {
			return
		}
		doc := gjson.Parse(text)
		if fields.Object() != doc.IsObject() {
			t.Fatalf("%q is an object: %v", text, fields.Object())
		}
		doc.ForEach(func(k, _ gjson.Result) bool {
			got, n := fields.outermost(k.Str)
			want, times := memberOf(doc, k.Str)
			if got.Raw != want.Raw || got.Str != want.Str || got.Type != want.Type || n != times {
				t.Errorf("%q in %q is %+v %d times, expected %+v %d times", k.Str, text, got, n, want, times)
			}
			return true
		})
	})
}
