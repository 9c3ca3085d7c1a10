package detail

import (
	"bytes"
	"strings"
	"testing"

	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
	"shopbell/providers"
	"shopbell/providers/signature"
)

func TestPrettyJSONKeepsOrderNumbersAndEscapes(t *testing.T) {
	body := `{"z":1.500e+02,"a":12345678901234567890,"u":"\u00e9\/","dup":1,"dup":2,"e":[],"o":{}}`
	want := "{\n  \"z\": 1.500e+02,\n  \"a\": 12345678901234567890,\n  \"u\": \"\\u00e9\\/\",\n  \"dup\": 1,\n  \"dup\": 2,\n  \"e\": [],\n  \"o\": {}\n}"
	if p := prettyJSON([]byte(body)); string(p.text) != want || p.note != "" {
		t.Errorf("got %s with note %q, expected %s", p.text, p.note, want)
	}
}

func TestBrokenJSONIsShownAsReceivedAndLocated(t *testing.T) {
	body := "{\n \"a\": 1,\n \"b\" 2}"
	p := prettyJSON([]byte(body))
	if string(p.text) != body || !strings.Contains(p.note, "line 3") {
		t.Errorf("got %q with note %q", p.text, p.note)
	}
}

func TestLinesOfJSONAreIndentedEach(t *testing.T) {
	p := prettyJSON([]byte("{\"a\":1}\n[2]\n"))
	if want := "{\n  \"a\": 1\n}\n[\n  2\n]"; string(p.text) != want {
		t.Errorf("got %q, expected %q", p.text, want)
	}
}

func TestDeepNestingDoesNotFillTheMemory(t *testing.T) {
	one := strings.Repeat("[", 9000) + strings.Repeat("]", 9000)
	body := []byte("[" + strings.Repeat(one+",", 20) + "1]")
	if p := prettyJSON(body); !bytes.Equal(p.text, body) || p.note == "" {
		t.Errorf("%d bytes became %d with note %q", len(body), len(p.text), p.note)
	}
}

func TestFormIsLaidOutInOrder(t *testing.T) {
	p := prettyForm(outline.Fields([]byte("b=2&long_name=a%20b%26c&flag&text=one%0Atwo&b=3")))
	want := strings.Join([]string{
		"b         = 2", "long_name = a b&c", "flag     ", "text      = one", "            two", "b         = 3",
	}, "\n")
	if string(p.text) != want || p.note != "" {
		t.Errorf("got\n%s\nwith note %q, expected\n%s", p.text, p.note, want)
	}
	if p := prettyForm(outline.Fields([]byte("a=%zz&b=1"))); !strings.Contains(string(p.text), "%zz") || p.note == "" {
		t.Errorf("a field that cannot be decoded became %q with note %q", p.text, p.note)
	}
}

func TestDumpShowsEveryByte(t *testing.T) {
	p := dump([]byte("POST\r\n\x00\xffabcdefghij"))
	want := "00000000  50 4f 53 54 0d 0a 00 ff  61 62 63 64 65 66 67 68  |POST....abcdefgh|\n" +
		"00000010  69 6a                                             |ij|"
	if string(p.text) != want {
		t.Errorf("got\n%s\nexpected\n%s", p.text, want)
	}
}

func TestKindIsToldFromTypeAndBody(t *testing.T) {
	for _, c := range []struct {
		media, body string
		want        rows.Kind
	}{
		{"application/json", `{}`, rows.JSON}, {"application/x-www-form-urlencoded", `{"a":1}`, rows.JSON}, {"", "[1]", rows.JSON},
		{"application/x-www-form-urlencoded", "a=1", rows.Form}, {"", "a=1&b=2", rows.Form}, {"text/plain", "a=1", rows.Plain},
		{"text/xml", "<a/>", rows.XML}, {"application/vnd.api+json", "12", rows.JSON}, {"bad;;;", "hello", rows.Plain}, {"", "", rows.Plain},
	} {
		header := signature.Header{{Name: "content-type", Value: c.media}}
		if got := kindOf(header, []byte(c.body)); got != c.want {
			t.Errorf("%q of type %q is kind %d, expected %d", c.body, c.media, got, c.want)
		}
	}
}

// FuzzPretty holds any body to this: nothing panics, and laying out JSON
// changes nothing but white space.
func FuzzPretty(f *testing.F) {
	f.Add([]byte(`{"a":[1,2,{"b":"c\\\""}],"d":1e5}`))
	f.Add([]byte("a=1&b=%zz&&=x"))
	f.Add([]byte("\ufeff[1]\n[2"))
	f.Fuzz(func(t *testing.T, body []byte) {
		p := prettyJSON(body)
		if got, want := bare(p.text), bare(bytes.TrimPrefix(body, []byte("\ufeff"))); !bytes.Equal(got, want) && !bytes.Equal(p.text, body) {
			t.Fatalf("%q became %q", body, p.text)
		}
		prettyForm(outline.Fields(body))
		hexDump(body)
		binary(body)
		kindOf(signature.Header{{Name: "Content-Type", Value: string(body)}}, body)
		maskHead(body, providers.Provider{})
		withoutBody(string(body), body)
	})
}

// bare is text without the white space of JSON.
func bare(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
			return -1
		}
		return r
	}, text)
}
