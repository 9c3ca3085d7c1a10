package compare

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shopbell/providers"
	"shopbell/providers/signature"
)

func TestJSONIsComparedByMeaning(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       []string
	}{
		{"a value", `{"id":1,"status":"PAID"}`, `{"id":1,"status":"DONE"}`, []string{`changed json:status "PAID" → "DONE"`}},
		{"a member", `{"id":1,"x":{"y":[1]}}`, `{"id":1,"z":null}`, []string{`removed json:x {"y":[1]} →`, `added json:z  → null`}},
		{"another kind", `{"a":1}`, `{"a":{"b":1}}`, []string{`changed json:a 1 → {"b":1}`}},
		{"an item", `[1,2,3]`, `[1,3]`, []string{`removed json:1 2 →`}},
		{"a moved item", `[{"id":1},{"id":2},{"id":3}]`, `[{"id":3},{"id":1},{"id":2}]`, []string{`moved json:2 {"id":3} → to json:0`}},
		{"an item that changed", `[{"id":1,"n":1},{"id":2,"n":1}]`, `[{"id":2,"n":5},{"id":3,"n":9}]`, []string{`removed json:0 {"id":1,"n":1} →`, `changed json:1.n 1 → 5`, `added json:1  → {"id":3,"n":9}`}},
		{"numbers that a float cannot tell apart", `[9007199254740993]`, `[9007199254740992]`, []string{`changed json:0 9007199254740993 → 9007199254740992`}},
		{"a number and its text", `["1"]`, `[1]`, []string{`changed json:0 "1" → 1`}},
		{"a key with a dot", `{"a.b":1}`, `{"a.b":2}`, []string{`changed json:a\.b 1 → 2`}},
		{"a key that stands twice", `{"a":1,"a":2}`, `{"a":2}`, []string{`removed json:a 1 →`}},
		{"the order of a key that stands twice", `{"a":1,"a":2}`, `{"a":2,"a":1}`, []string{`moved json:a#2 2 → 2`}},
		{"half a surrogate and what readers make of it", `["\ud800"]`, `["\ufffd"]`, []string{`changed json:0 "\ud800" → "\ufffd"`}},
		{"formatting", "{\"b\":1.50,\"a\":\"\\u00e9\"}", `{"a": "é", "b": 15e-1}`, []string{`formatting json: {"b":1.50,"a":"\u00e9"} → {"a": "é", "b": 15e-1} key order`, `formatting json:b 1.50 → 15e-1 number form`, `formatting json:a "\u00e9" → "é" escapes`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want(t, of(t, side("application/json", c.a), side("application/json", c.b)).Meaning, c.want...)
		})
	}
}

func TestFormsAndXMLAreComparedByMeaning(t *testing.T) {
	const form, xml = "application/x-www-form-urlencoded", "text/xml"
	for _, c := range []struct {
		name, kind, a, b string
		want             []string
	}{
		{"fields in another order", form, "a=1&b=x+y", "b=x%20y&a=1", []string{"formatting form: a=1&b=x+y → b=x%20y&a=1 key order", "formatting form:b x y → x y escapes"}},
		{"a field again", form, "tag=a&tag=b", "tag=b&tag=a", []string{"moved form:tag#2 b → b"}},
		{"no value and an empty one", form, "a", "a=", []string{"changed form:a  →"}},
		{"a wrong escape and its own escape", form, "a=%zz", "a=%25zz", []string{"changed form:a %zz → %zz"}},
		{"an element", xml, "<o><n>1</n><s>x</s></o>", "<o><n>2</n></o>", []string{"changed xml:o/n <n>1</n> → <n>2</n>", "removed xml:o/s <s>x</s> →"}},
		{"an attribute", xml, `<o id="1" v="&lt;"/>`, `<o v='x' id='1'/>`, []string{`formatting xml:o <o id="1" v="&lt;"/> → <o v='x' id='1'/> key order`, "changed xml:o/@v < → x"}},
		{"a namespace", xml, `<a:o xmlns:a="u"/>`, `<a:o xmlns:a="v"/>`, []string{`changed xml:o <a:o xmlns:a="u"/> → <a:o xmlns:a="v"/>`}},
		{"one of several", xml, "<o><i>1</i><i>2</i></o>", "<o><i>1</i><i>3</i></o>", []string{"changed xml:o/i[2] <i>2</i> → <i>3</i>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want(t, of(t, side(c.kind, c.a), side(c.kind, c.b)).Meaning, c.want...)
		})
	}
	for _, same := range [][2]string{
		{`<a:o xmlns:a="u"><a:i/></a:o>`, `<o xmlns="u"><i></i></o>`}, {"<o><i>&lt;</i></o>", "<o>\n  <i><![CDATA[<]]></i>\n</o>"},
		{"<?xml version=\"1.0\"?><o a='1' b='2'/>", `<o b="2" a="1"><!-- --></o>`},
	} {
		if r := of(t, side(xml, same[0]), side(xml, same[1])); r.Body != SameMeaning || r.Forms == 0 {
			t.Errorf("%s and %s are %v (%v): %v", same[0], same[1], r.Body, r.Forms, differences(r.Meaning))
		}
	}
}

func TestHeadersTellValuesFromTheirWriting(t *testing.T) {
	a, b := side("text/plain", ""), side("text/plain", "")
	a.Message.Header = signature.Header{{Name: "Host", Value: "a"}, {Name: "X-One", Value: "1"}, {Name: "Via", Value: "p"}, {Name: "Via", Value: "q"}, {Name: "Old", Value: ""}}
	b.Message.Header = signature.Header{{Name: "x-one", Value: "1"}, {Name: "Host", Value: "b"}, {Name: "Via", Value: "q"}, {Name: "Via", Value: "r"}, {Name: "New", Value: ""}}
	b.Message.Method, b.Message.Target = "PUT", "/hook%73?a=1&b="
	want(t, of(t, a, b).HeadView,
		"changed method POST → PUT", "formatting path /hooks → /hook%73 escapes", "added query:b  → b =",
		"changed header:Host a → b", "formatting header:X-One X-One: 1 → x-one: 1 letter case of names,header order",
		"removed header:Via p →", "removed header:Old  →", "added header:Via  → r", "added header:New  →")
}

func TestSignatureTellsWhichDifferencesItCovers(t *testing.T) {
	const a, b = `{"id":1,"date":"x","object":{"n":1}}`, `{"id":1,"date":"y","object":{"n":2}}`
	fields := of(t, side("", a, "json:id", "json:date", "header:host", "url"), side("", b, "json:id", "json:date"))
	if got := differences(fields.Meaning); fields.Signed != 1 || len(got) != 2 || fields.Breaks() {
		t.Errorf("%d of %v are signed", fields.Signed, got)
	}
	length := side("", " 1", "body")
	length.Message.Header = length.Message.Header.With("Content-Length", "2")
	shorter := side("", "1", "body")
	shorter.Message.Header = shorter.Message.Header.With("Content-Length", "1")
	if r := of(t, length, shorter); r.Result() != SameMeaning {
		t.Errorf("a space in the body and its length are %v: %v", r.Result(), differences(r.HeadView))
	}
	if whole := of(t, side("", a, "body"), side("", `{ "id":1,"date":"x","object":{"n":1}}`, "body")); whole.Body != SameMeaning || !whole.Breaks() {
		t.Error("another space in a signed body breaks no signature")
	}
	for place, yes := range map[string]bool{"header:HOST": true, "header:Via": false, "query:a": true, "path": true, "json:id": true, "json:id.x": true, "json:idx": false, "json:object.n": false, "method": false} {
		if fields.A.covers(place) != yes {
			t.Errorf("%s is covered: %v", place, !yes)
		}
	}
}

func TestHiddenValuesAreComparedAndNotShown(t *testing.T) {
	p := providers.Provider{Personal: []string{"email", "token"}}
	for kind, pair := range map[string][2]string{
		"application/json":                  {`{"id":1,"email":"jan@example.com"}`, `{"id":2,"email":"eva@example.com"}`},
		"application/x-www-form-urlencoded": {"id=1&email=jan%40example.com", "id=2&email=eva@example.com"},
		"text/xml":                          {"<o><email>jan@example.com</email></o>", "<o><email>eva@example.com</email></o>"},
		"text/plain":                        {"jan@example.com", "eva@example.com"},
	} {
		a, b := side(kind, pair[0]).Masked(p, nil), side(kind, pair[1]).Masked(p, func(name string) bool { return name == "Cookie" })
		a.Message.Header = a.Message.Header.With("Cookie", "jan@example.com")
		a.HideHeader = b.HideHeader
		r := of(t, a, b)
		if r.Body != Different {
			t.Errorf("%s: a difference in a hidden value is not found", kind)
		}
		for _, v := range []*View{r.HeadView, r.Meaning, r.Lines, r.Bytes} {
			for i := 0; v != nil && i < v.Count; i++ {
				l := v.Line(i)
				if strings.Contains(fmt.Sprint(l), "example.com") {
					t.Errorf("%s: row %d shows a hidden value: %+v", kind, i, l)
				}
			}
			if v != nil {
				if all := fmt.Sprint(differences(v)); strings.Contains(all, "jan") || strings.Contains(all, "eva") {
					t.Errorf("%s: a difference tells a hidden value: %s", kind, all)
				}
			}
		}
	}
}

func TestLinesAndBytesAreComparedToo(t *testing.T) {
	r := of(t, side("text/plain", "one\ntwo\nthree\n"), side("text/plain", "one\r\n2\nthree\nfour\n"))
	want(t, r.Lines, "formatting body one → one line ends", "changed body two → 2", "added body  → four")
	if r.First != 3 || r.Tail != 1 || r.Meaning != nil {
		t.Errorf("the first byte that differs is %d, %d at the end are the same", r.First, r.Tail)
	}
	r = of(t, side("", "\x00abcdefgh"), side("", "\x00abcdefgi more"))
	want(t, r.Bytes, "changed body 00000008 68 h → 00000008 69 20 6d 6f 72 65 i more")
	if r.Lines != nil {
		t.Error("a body that is no text is compared by lines")
	}
}

func TestNextDifferenceGoesAround(t *testing.T) {
	v := &View{Marks: []int32{3, 9}}
	for at, n := range map[int][2]int{0: {0, 1}, 3: {1, 1}, 5: {1, 0}, 9: {0, 0}, 20: {0, 1}} {
		if next, before := v.Next(at), v.Before(at); next != n[0] || before != n[1] {
			t.Errorf("from row %d the next is %d and the one before %d, expected %v", at, next, before, n)
		}
	}
	if none := (&View{}); none.Next(0) != -1 || none.Before(0) != -1 {
		t.Error("a view without differences has a next one")
	}
}

func TestHostileBodiesAreBounded(t *testing.T) {
	many := func(n int, value func(i int) string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = value(i)
		}
		return strings.Join(parts, ",")
	}
	deep := strings.Repeat(`{"a":`, 9_990) + "1" + strings.Repeat("}", 9_990)
	for name, pair := range map[string][2]string{
		"200,000 members":     {"{" + many(200_000, func(i int) string { return fmt.Sprintf(`"k%d":%d`, i, i) }) + "}", "{" + many(200_000, func(i int) string { return fmt.Sprintf(`"k%d":%d`, 199_999-i, i%7) }) + "}"},
		"one key":             {"{" + many(100_000, func(i int) string { return fmt.Sprintf(`"k":%d`, i%50) }) + "}", "{" + many(100_000, func(i int) string { return fmt.Sprintf(`"k":%d`, i%49) }) + "}"},
		"items of few values": {"[" + many(100_000, func(i int) string { return fmt.Sprint(i * i % 53) }) + "]", "[" + many(100_000, func(i int) string { return fmt.Sprint(i * i % 51) }) + "]"},
		"nested deep":         {deep, strings.Replace(deep, "1", "2", 1)},
		"nested too deep":     {strings.Repeat("[", 1<<20), strings.Repeat("[", 1<<20) + "]"},
		"32 MiB on one line":  {strings.Repeat("0,", 16<<20), strings.Repeat("0,", 16<<20) + "1"},
		"32 MiB of lines":     {strings.Repeat("a\n", 16<<20), strings.Repeat("b\n", 16<<20)},
		"deep XML":            {strings.Repeat("<a>", 9_000) + strings.Repeat("</a>", 9_000), strings.Repeat("<a>", 9_000) + "x" + strings.Repeat("</a>", 9_000)},
		"many fields":         {strings.ReplaceAll(many(200_000, func(i int) string { return fmt.Sprintf("f%d=%d", i, i) }), ",", "&"), strings.ReplaceAll(many(200_000, func(i int) string { return fmt.Sprintf("f%d=%d", i, i+i%2) }), ",", "&")},
	} {
		t.Run(name, func(t *testing.T) {
			r := of(t, side("", pair[0]), side("", pair[1]))
			if r.Body != Different || r.BodyView() == nil || len(r.BodyView().Marks) == 0 {
				t.Fatalf("the bodies are %v", r.Body)
			}
			v := r.BodyView()
			for _, i := range []int{0, v.Count / 2, v.Count - 1, int(v.Marks[0])} {
				if l := v.Line(i); len(l.A)+len(l.B) > 4*rowText {
					t.Errorf("row %d has %d bytes", i, len(l.A)+len(l.B))
				}
			}
			v.Difference(0)
		})
	}
}

func TestEndedContextEndsTheComparison(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	body := "[" + strings.Repeat("1,", 100_000) + "1]"
	if _, err := Of(ctx, side("", body), side("", "[]")); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestFormsHaveStableNames(t *testing.T) {
	if got := (KeyOrder | LineEnds | Sections).Names(); !slices.Equal(got, []string{"key order", "line ends", "markup"}) || Forms(0).String() != "" {
		t.Errorf("the names are %v", got)
	}
}

func BenchmarkCompare200000Members(b *testing.B) {
	var x, y strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&x, `,"k%d":%d`, i, i)
		fmt.Fprintf(&y, `,"k%d":%d`, i, i+i%100/99)
	}
	left, right := side("", `{"a":1`+x.String()+"}"), side("", `{"a":1`+y.String()+"}")
	b.ReportAllocs()
	for b.Loop() {
		of(b, left, right)
	}
}

func TestWordsThatDifferAreTold(t *testing.T) {
	for _, c := range []struct{ a, b, inA, inB string }{
		{`"status": "PAID now"`, `"status": "DONE now"`, "[PAID]", "[DONE]"},
		{"a b c", "a c", "[b ]", "[]"},
		{"same", "same", "[]", "[]"},
		{strings.Repeat("x ", 3000) + "1", strings.Repeat("x ", 3000) + "22", "[1]", "[22]"},
	} {
		inA, inB := Words(c.a, c.b)
		if got := fmt.Sprint(parts(c.a, inA), parts(c.b, inB)); got != c.inA+" "+c.inB {
			t.Errorf("of %.40q and %.40q differ %s, expected %s %s", c.a, c.b, got, c.inA, c.inB)
		}
	}
}

func parts(text string, spans []Span) []string {
	out := []string{}
	for _, s := range spans {
		out = append(out, text[s.From:s.To])
	}
	return out
}

func TestAHiddenBodyHasNoView(t *testing.T) {
	p := providers.Provider{Personal: []string{"email"}}
	r := of(t, side("", "a\nb").Masked(p, nil), side("", "a\nc").Masked(p, nil))
	if r.Body != Different || r.BodyView() != nil {
		t.Errorf("the bodies are %v, with a view: %v", r.Body, r.BodyView() != nil)
	}
}

func TestAnAttributeIsFoundWhereTheMaskedTextHasIt(t *testing.T) {
	masked := func(body string) Side {
		s := side("application/xml", body)
		s.Body = func(body []byte) []byte {
			return bytes.ReplaceAll(body, []byte("jane.doe.of.somewhere@example.com"), []byte(dots))
		}
		return s
	}
	const order = `<order><mail>jane.doe.of.somewhere@example.com</mail><item sku="%s"/></order>`
	r := of(t, masked(fmt.Sprintf(order, "A")), masked(fmt.Sprintf(order, "B")))
	want(t, r.Meaning, "changed xml:order/item/@sku A → B")
}

func TestEachBodyIsMaskedOnce(t *testing.T) {
	masked := 0
	a := side("application/json", `{"id":1}`)
	a.Body = func(body []byte) []byte { masked++; return body }
	if of(t, a, a); masked != 2 {
		t.Errorf("two bodies are masked %d times", masked)
	}
}
