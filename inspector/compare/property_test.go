package compare

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// seeded is a source of chance that is the same at each run.
func seeded(n uint64) *rand.Rand { return rand.New(rand.NewPCG(n, 7)) }

func TestAMessageIsEqualToItself(t *testing.T) {
	for seed := range uint64(500) {
		r := seeded(seed)
		body := written(r, value(r, 4))
		report := of(t, side("application/json", body), side("application/json", body))
		if report.Result() != Equal || len(report.BodyView().Marks) > 0 || report.First != -1 || report.Forms != 0 {
			t.Fatalf("%q differs from itself: %+v %v", body, report.Counts, differences(report.BodyView()))
		}
	}
}

func TestWritingAnotherWayIsNeverADifferenceInMeaning(t *testing.T) {
	for seed := range uint64(2000) {
		r := seeded(seed)
		v := value(r, 4)
		a, b := written(r, v), written(r, v)
		report := of(t, side("application/json", a), side("application/json", b))
		if a == b {
			continue
		}
		if report.Body != SameMeaning || report.Counts.Meaningful() > 0 {
			t.Fatalf("%q\n%q\nare %v: %v", a, b, report.Body, differences(report.Meaning))
		}
		if report.Forms == 0 {
			t.Fatalf("%q\n%q\ndiffer in bytes and no way of writing is named", a, b)
		}
	}
}

func TestTheOtherOrderGivesTheMirroredDifferences(t *testing.T) {
	for seed := range uint64(2000) {
		r := seeded(seed)
		a, b := written(r, value(r, 4)), written(r, value(r, 4))
		if seed%2 == 0 { // alike in most
			v := []any{value(r, 3), value(r, 3), value(r, 2), value(r, 2), value(r, 2)}
			a = written(r, v)
			v[r.IntN(5)], v[r.IntN(5)] = value(r, 3), v[r.IntN(5)]
			b = written(r, v)
		}
		there, back := of(t, side("application/json", a), side("application/json", b)), of(t, side("application/json", b), side("application/json", a))
		if there.Result() != back.Result() || there.Forms != back.Forms || there.First != back.First || there.Tail != back.Tail {
			t.Fatalf("%q\n%q\n%v %v %d, the other way %v %v %d", a, b, there.Result(), there.Forms, there.First, back.Result(), back.Forms, back.First)
		}
		for _, pair := range [][2]*View{{there.Meaning, back.Meaning}, {there.Lines, back.Lines}} {
			if x, y := signsOf(pair[0], false), signsOf(pair[1], true); !slices.Equal(x, y) {
				t.Fatalf("%q\n%q\n%v\nthe other way\n%v", a, b, x, y)
			}
		}
	}
}

// signsOf are the differences of a view as sign and values, sorted, as if the
// sides were turned.
func signsOf(v *View, turned bool) []string {
	var out []string
	for n := range v.Marks {
		d, sign := v.Difference(n), v.signAt(int(v.Marks[n]))
		if turned {
			d.A, d.B, sign = d.B, d.A, sign.mirrored()
		}
		if sign == Moved { // of the value that moved, one side has the difference
			d.A, d.B = "", ""
		}
		out = append(out, sign.String()+" "+d.A+" → "+d.B)
	}
	slices.Sort(out)
	return out
}

// FuzzReadJSON reads JSON that strangers send: what is read means the same after
// encoding/json wrote it anew, and equals itself.
func FuzzReadJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.50,"\ud83d\ude00\ud800"],"a":null}`, "\ufeff{}", `[[[[]]]]`, `"` + "\xff" + `"`, `{"a":1e999999999999999999}`, ` true `} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		tree, err := readAs(t.Context(), JSON, body)
		if err != nil {
			return
		}
		wellFormed(t, tree)
		var compact []byte
		if raw := json.RawMessage(tree.text[tree.nodes[0].from:tree.nodes[0].to]); raw != nil {
			compact, _ = json.Marshal(raw) // keeps every value as it is written, but for <, > and &
		}
		r := of(t, side("", string(body)), side("", string(compact)))
		if r.Result() == Different && r.Meaning != nil {
			t.Fatalf("%q and %q differ: %v", body, compact, differences(r.Meaning))
		}
	})
}

// FuzzReadXML reads XML and forms that strangers send.
func FuzzReadXML(f *testing.F) {
	for _, seed := range []string{`<a b="1"><c/>x<c> </c></a>`, `<a><![CDATA[<]]>&lt;</a>`, `<!DOCTYPE a><a/>`, "a=1&b=%zz&a", `<x:a xmlns:x="u" x:b='1'/>`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, syntax := range []Syntax{XML, Form} {
			if tree, err := readAs(t.Context(), syntax, body); err == nil {
				wellFormed(t, tree)
			}
		}
		for _, kind := range []string{"text/xml", "application/x-www-form-urlencoded"} {
			r := of(t, side(kind, string(body)), side(kind, string(body)+" "))
			for _, v := range []*View{r.Meaning, r.Lines, r.Bytes} {
				for i := 0; v != nil && i < v.Count; i++ {
					v.Line(i)
				}
			}
		}
	})
}

// wellFormed checks the order of the nodes and that every span lies in the text.
func wellFormed(t *testing.T, tree *tree) {
	t.Helper()
	for i, n := range tree.nodes {
		if n.end <= int32(i) || int(n.end) > len(tree.nodes) || n.from < 0 || n.to < n.from || int(n.to) > len(tree.text) || n.keyTo < n.keyFrom {
			t.Fatalf("node %d of %q is %+v", i, tree.text, n)
		}
		if i > 0 && (n.up < 0 || n.up >= int32(i) || n.end > tree.nodes[n.up].end) {
			t.Fatalf("node %d of %q has the container %d", i, tree.text, n.up)
		}
		if n.id == (hash{}) {
			t.Fatalf("node %d of %q has no meaning", i, tree.text)
		}
	}
}

func TestWritingAFormOrAHeadAnotherWayIsNeverADifferenceInMeaning(t *testing.T) {
	for seed := range uint64(1000) {
		r := seeded(seed)
		fields := [][2]string{{"id", "1 2"}, {"ü", "a&b"}, {"x", "/?=%"}, {"e", ""}, {"t", "😀"}}
		write := func() string {
			r.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
			var pairs []string
			for _, f := range fields {
				pairs = append(pairs, encoded(r, f[0])+"="+encoded(r, f[1]))
			}
			return strings.Join(pairs, "&")
		}
		a, b := side("application/x-www-form-urlencoded", write()), side("application/x-www-form-urlencoded", write())
		a.Message.Target, b.Message.Target = "/"+encoded(r, "höok")+"?"+write(), "/"+encoded(r, "höok")+"?"+write()
		a.Message.Header = signature.Header{{Name: "Host", Value: "h"}, {Name: "X-A", Value: "1"}, {Name: "Via", Value: "p"}, {Name: "Via", Value: "q"}}
		b.Message.Header = signature.Header{{Name: "x-a", Value: "1"}, {Name: "VIA", Value: "p"}, {Name: "Host", Value: "h"}, {Name: "Via", Value: "q"}}
		if report := of(t, a, b); report.Head != SameMeaning || report.Body == Different || report.Counts.Meaningful() > 0 {
			t.Fatalf("%q\n%q\nare %v, %v: %v %v", a.Message.Target, b.Message.Target, report.Head, report.Body, differences(report.HeadView), differences(report.Meaning))
		}
	}
}

// encoded is text as a URL holds it, with some characters encoded that need not be.
func encoded(r *rand.Rand, text string) string {
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z' && r.IntN(2) == 0:
			b.WriteByte(c)
		case r.IntN(2) == 0:
			fmt.Fprintf(&b, "%%%02x", c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func TestWritingXMLAnotherWayIsNeverADifferenceInMeaning(t *testing.T) {
	for seed := range uint64(1000) {
		r := seeded(seed)
		write := func() string {
			gap := strings.Repeat([]string{" ", "\n", "\t"}[r.IntN(3)], r.IntN(3))
			p := []string{"", "a:", "b:"}[r.IntN(3)]
			space := map[string]string{"": `xmlns="u"`, "a:": `xmlns:a="u"`, "b:": `xmlns:b="u"`}[p]
			attributes := []string{space, `id="1"`, `v='&lt;&#x41;'`}
			if r.IntN(2) == 0 {
				attributes[2] = `v="&lt;A"`
			}
			r.Shuffle(3, func(i, j int) { attributes[i], attributes[j] = attributes[j], attributes[i] })
			text := []string{"a &lt; b", "a <![CDATA[<]]> b", "a &#60; b"}[r.IntN(3)]
			empty := []string{"<" + p + "e/>", "<" + p + "e></" + p + "e>"}[r.IntN(2)]
			comment := []string{"", "<!-- note -->"}[r.IntN(2)]
			return gap + "<" + p + "o " + strings.Join(attributes, " ") + ">" + gap + "<" + p + "t>" + text + "</" + p + "t>" + comment + gap + empty + "</" + p + "o>" + gap
		}
		a, b := write(), write()
		if report := of(t, side("text/xml", a), side("text/xml", b)); report.Body == Different || report.Counts.Meaningful() > 0 || a != b && report.Forms == 0 {
			t.Fatalf("%q\n%q\nare %v (%v): %v", a, b, report.Body, report.Forms, differences(report.Meaning))
		}
	}
}
