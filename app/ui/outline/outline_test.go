package outline

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// plain says times, and hides nothing.
func plain() Eyes {
	return Eyes{Clock: func(claim string, seconds float64) string { return fmt.Sprintf("%s at %.0f", claim, seconds) }}
}

const order = `{"id":"o\u0041","items":[{"sku":"x.y","n":1.50},{"sku":"z"}],"we ird":{"":null},"inner":"{\"a\":[true]}","e":[],"o":{}}`

// drawn is all of a branch as text, opened to the bottom.
func drawn(b Branch, depth int) string {
	var out strings.Builder
	for i := range b.Len() {
		n := b.Node(i)
		fmt.Fprintf(&out, "%s%s = %s|%s\n", strings.Repeat(" ", depth), n.Name, b.Value(i), n.Remark)
		if n.Opens {
			out.WriteString(drawn(b.Open(i), depth+1))
		}
	}
	return out.String()
}

func TestJSONOpensLevelByLevel(t *testing.T) {
	b := JSON([]byte(" "+order), plain())
	want := `id = oA|
items = [{"sku":"x.y","n":1.50},{"sku":"z"}]|
 [0] = {"sku":"x.y","n":1.50}|
  sku = x.y|
  n = 1.50|
 [1] = {"sku":"z"}|
  sku = z|
we ird = {"":null}|
  = null|
inner = {"a":[true]}|
 a = [true]|
  [0] = true|
e = []|
o = {}|
`
	if got := drawn(b, 0); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
}

func TestOneValueIsABranchOfOne(t *testing.T) {
	b := JSON([]byte(` "a\nb" `), Eyes{})
	if w := b.Way(0); b.Len() != 1 || b.Value(0) != "a\nb" || b.Node(0).Name != "" || w.Path != "$" || len(w.Keys) != 0 {
		t.Errorf("%d values, %q, %v, %v", b.Len(), b.Value(0), b.Node(0), w)
	}
}

func TestWaysNameTheValue(t *testing.T) {
	b := JSON([]byte(order), Eyes{})
	sku := b.Open(1).Open(0)
	if w := sku.Way(0); w.Path != "$.items[0].sku" || strings.Join(w.Keys, "/") != "items/0/sku" || w.Kind != InJSON {
		t.Errorf("way %v", w)
	}
	if w := b.Open(2).Way(0); w.Path != "$['we ird']['']" {
		t.Errorf("way %v", w)
	}
	if w := b.Open(3).Way(0); w.Kind != InOther {
		t.Errorf("a value inside a text has way %v, which no search finds", w)
	}
}

func TestPlaceIsFoundUnderEveryByte(t *testing.T) {
	text := []byte(order)
	for needle, want := range map[string]string{
		`x.y`: "$.items[0].sku = x.y", `1.50`: "$.items[0].n = 1.50", `"z"`: "$.items[1].sku = z", `"id"`: "$.id = oA",
		`null`: "$['we ird'][''] = null", `]`: `$.items = [{"sku":"x.y","n":1.50},{"sku":"z"}]`, `{"sku":"z"`: `$.items[1] = {"sku":"z"}`, `{"id"`: "$ = " + order,
	} {
		p, found := Locate(text, bytes.Index(text, []byte(needle)))
		if got := p.Path + " = " + p.Text; !found || got != want {
			t.Errorf("under %s is %q, expected %q", needle, got, want)
		}
	}
	if _, found := Locate([]byte("{} "), 2); found {
		t.Error("something is found behind the end")
	}
}

func TestRangesAreThoseOfThePaths(t *testing.T) {
	text := []byte(order)
	for paths, want := range map[string]string{
		"id": `"id":"o\u0041"`, "items.1.sku": `"sku":"z"`, "items.*.sku": `"sku":"x.y" "sku":"z"`, "items,items.0.sku": `"items":[{"sku":"x.y","n":1.50},{"sku":"z"}]`,
		"none": "", "id.x": "", "items.0": `{"sku":"x.y","n":1.50}`, "*": `"o\u0041" "x.y" 1.50 "z" null "{\"a\":[true]}"`,
	} {
		var got []string
		for _, s := range Ranges(text, strings.Split(paths, ",")) {
			got = append(got, string(text[s.From:s.To]))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s is %q, expected %q", paths, got, want)
		}
	}
	if !Covers([]string{"items"}, []string{"items", "0"}) || Covers([]string{"items.0"}, []string{"items"}) || !Covers([]string{"*"}, nil) {
		t.Error("a path does not cover what is below it, or more")
	}
}

const token = "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MzIyODIzMjYsInN1YiI6ImEifQ.c2ln"

func TestTokenIsTakenApart(t *testing.T) {
	b := JSON([]byte(`{"t":"`+token+`"}`), plain())
	want := "t = " + token + "|\n header = {\"alg\":\"HS256\"}|\n  alg = HS256|\n claims = {\"iat\":1732282326,\"sub\":\"a\"}|\n  iat = 1732282326|iat at 1732282326\n  sub = a|\n signature = c2ln|\n"
	if got := drawn(b, 0); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	for _, text := range []string{"", "eyJ", "eyJhbGciOiJIUzI1NiJ9.x", "eyJ.eyJ.eyJ", "a.b.c"} {
		if _, ok := ReadToken([]byte(text)); ok {
			t.Errorf("%q is taken for a token", text)
		}
	}
}

func TestFormFieldsKeepTheirOrderAndPlace(t *testing.T) {
	body := []byte("b=2&a=x+y%26&flag&bad=%zz&p=" + `%7B%22k%22%3A1%7D` + "\r\n")
	b := Form(body, plain())
	want := "b = 2|\na = x y&|\nflag = |\nbad = %zz|\np = {\"k\":1}|\n k = 1|\n"
	if got := drawn(b, 0); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	if f := Fields(body)[3]; f.Fault != bytes.Index(body, []byte("%zz")) || string(body[f.Pair.From:f.Pair.To]) != "bad=%zz" {
		t.Errorf("the fault is at %d of %v", f.Fault, f.Pair)
	}
}

const note = `<?xml version="1.0"?><!DOCTYPE n [<!ENTITY x "y">]>
<n:order a="1 &amp; 2" b='>'><item>x</item><item sku="s"/><item><![CDATA[<raw>]]> &lt;t</item>mixed<!-- no --></n:order>`

func TestXMLOpensLevelByLevel(t *testing.T) {
	if f := CheckXML([]byte(note)); f != nil {
		t.Fatalf("a fault at %d: %s", f.Offset, f.Says)
	}
	b := XML([]byte(note)).Open(0)
	want := "@a = 1 & 2|\n@b = >|\nitem = x|\nitem = |\n @sku = s|\nitem = <raw> <t|\ntext() = mixed|\n"
	if got := drawn(b, 0); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	if w := b.Way(4); w.Path != "/n:order/item[3]" {
		t.Errorf("path %q", w.Path)
	}
	for needle, want := range map[string]string{"x</item": "/n:order/item[1]", `s"/>`: "/n:order/item[2]/@sku", "mixed": "/n:order/text()", "<n:order": "/n:order"} {
		if p, found := LocateXML([]byte(note), strings.Index(note, needle)); !found || p.Path != want {
			t.Errorf("under %q is %q, expected %q", needle, p.Path, want)
		}
	}
}

func TestXMLFaultsAreLocated(t *testing.T) {
	for text, at := range map[string]int{
		"<a><b></a>": 6, "<a>": 0, "</a>": 0, "<a/><b/>": 4, "<a/>x": 4, "x": 0, "": 0, "<a b='>": 0, "<a><!-- ": 3, "<a>< ></a>": 3, "<a></a></a>": 7,
	} {
		if f := CheckXML([]byte(text)); f == nil || f.Offset != at {
			t.Errorf("%q: fault %v, expected one at %d", text, f, at)
		}
	}
}

func TestXMLIsIndentedWithoutTouchingTexts(t *testing.T) {
	got, ok := IndentXML([]byte("<a>\n<b>x <i>y</i>\n</b><c/><d><e></e></d></a>"), 1<<20)
	if want := "<a>\n  <b>x <i>y</i>\n</b>\n  <c/>\n  <d>\n    <e></e>\n  </d>\n</a>"; !ok || string(got) != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	if _, ok := IndentXML([]byte(strings.Repeat("<a>", 9000)), 1<<20); ok {
		t.Error("deep nesting has no bound")
	}
}

func TestPartsAreListedWithHeadersAndFiles(t *testing.T) {
	body := []byte("pre\r\n--B\r\nContent-Disposition: form-data; name=\"data\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--B\r\n" +
		"Content-Disposition: form-data; name=f; filename=\"a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAP8=\r\n--B--\r\n")
	parts, fault := Parts(body, "B")
	if fault != nil || len(parts) != 2 || parts[0].Name != "data" || parts[1].File != "a.pdf" || !bytes.Equal(parts[1].Decoded(), []byte{0, 0xff}) {
		t.Fatalf("got %v with fault %v", parts, fault)
	}
	if got := string(body[parts[0].At.From:parts[0].At.To]); got != `{"a":1}` {
		t.Errorf("the first content is %q", got)
	}
	b := Multipart(parts, plain(), func(n int64) string { return fmt.Sprintf("%d bytes", n) })
	if n := b.Node(1); n.Name != "f (a.pdf)" || n.Remark != "text/plain, 4 bytes" {
		t.Errorf("the file is shown as %v", n)
	}
	if got := drawn(b.Open(0), 0); !strings.HasSuffix(got, "content = {\"a\":1}|7 bytes\n a = 1|\n") {
		t.Errorf("the first part opens into %s", got)
	}
	for text, at := range map[string]int{"x": 0, "--B": 3, "--B\r\n\r\nx": 8, "--Bx\r\n": 3} {
		if _, fault := Parts([]byte(text), "B"); fault == nil || fault.Offset != at {
			t.Errorf("%q: fault %v, expected one at %d", text, fault, at)
		}
	}
}

func TestAMillionValuesOpenWithoutAMillionNodes(t *testing.T) {
	text := []byte("[" + strings.Repeat(`{"a":1},`, 1_000_000) + "0]")
	b := JSON(text, Eyes{})
	if b.Len() != 1_000_001 || b.Node(999_999).Name != "[999999]" || b.Open(999_999).Len() != 1 {
		t.Errorf("%d values", b.Len())
	}
}

// FuzzOutline holds any text to this: nothing panics, hangs or reads outside.
func FuzzOutline(f *testing.F) {
	for _, text := range []string{order, note, token, "a=%z&b", "--B\r\nA: b\r\n\r\nx\r\n--B--", "[[[", `{"a"`, "<a", "<!x[", "]}", `"\`} {
		f.Add([]byte(text), 3)
	}
	f.Fuzz(func(t *testing.T, text []byte, offset int) {
		parts, _ := Parts(text, "B")
		for _, b := range []Branch{JSON(text, plain()), XML(text), Form(text, plain()), Multipart(parts, plain(), func(int64) string { return "" })} {
			for i := range min(b.Len(), 50) {
				b.Node(i)
				b.Value(i)
				b.Way(i)
				b.Size(i)
				b.Open(i)
			}
		}
		Locate(text, offset)
		LocateXML(text, offset)
		Ranges(text, []string{"a.b", "0"})
		Ranges(text, []string{Every})
		CheckXML(text)
		IndentXML(text, 1<<16)
		ReadToken(text)
	})
}

func TestWhatIsDecodedIsMasked(t *testing.T) {
	eyes := Eyes{Mask: func([]byte) []byte { return []byte(`{"hidden":1}`) }}
	for _, b := range []Branch{JSON([]byte(`{"t":"`+token+`","j":"{\"sub\":1}"}`), eyes), Form([]byte("t="+token+"&j=%7B%22sub%22:1%7D"), eyes)} {
		if got := drawn(b.Open(0), 0) + drawn(b.Open(1), 0); strings.Contains(got, "sub") || strings.Count(got, "hidden") < 3 {
			t.Errorf("opened into %s", got)
		}
	}
}
