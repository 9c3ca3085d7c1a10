package signature

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// Two readers that others wrote judge ours: whether a text is JSON, and what
// its objects hold, however deep.
func FuzzJSONIsReadAsOthersReadIt(f *testing.F) {
	for _, text := range []string{
		`{"a":[1,-0.5e+10,true,false,null,"x\u00e9\n"],"b":{}}`, " [ ] ", `""`, `{"a":1,"a":"2"}`, `{"\u0061":{"b":1},"a ":[2]}`,
		`{"a":{"b":{"c":{"d":{"e":1,"e":2}}},"b":{"c":[{"c":3}]}},"x":{"a":{}},"a":{"b":{"c":"4","\u0063":5,"":{"c":6}}}}`,
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
		compareFields(t, fields, "", doc, 1)
	})
}

// compareFields looks for each member of at by its path.
func compareFields(t *testing.T, fields *Fields, way string, at gjson.Result, most int) {
	if strings.Count(way, ".") > outlined+1 || !at.IsObject() {
		return
	}
	at.ForEach(func(k, _ gjson.Result) bool {
		if strings.ContainsAny(k.Str, ".*") {
			return true
		}
		got, n := fields.find(way + k.Str)
		want, times := memberOf(at, k.Str)
		if got.Raw != want.Raw || got.Str != want.Str || got.Type != want.Type || n != max(most, times) {
			t.Errorf("%q in %q is %+v %d times, expected %+v %d times", way+k.Str, fields.m.Body, got, n, want, max(most, times))
		}
		compareFields(t, fields, way+k.Str+".", want, max(most, times))
		return true
	})
	if got, n := fields.find(way + "\x00none"); n != 0 || got.Exists() {
		t.Errorf("%q has a member that is not there: %+v", way, got)
	}
}
