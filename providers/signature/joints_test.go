package signature

import (
	"slices"
	"strings"
	"testing"
)

// partsScheme is a scheme that signs one template, with a time of that format in a
// header where it has one.
func partsScheme(template string, format TimeFormat) Shared {
	s := bodyScheme(SHA256, "")
	s.Templates = templates(template)
	if strings.Contains(template, "{timestamp}") {
		s.Timestamp = Timestamp{At: Part{Kind: PartHeader, Name: "X-Time"}, Format: format}
	}
	return s
}

// caveatOf is the evidence of the caveat.
func caveatOf(v Verdict) string {
	for _, step := range v.Steps {
		if step.Name == StepCaveat {
			return step.Evidence
		}
	}
	return ""
}

const (
	early = "1714996800"
	later = "1714996801"
)

// Each delivery is signed with the first body and fields; the second ones make
// the same text.
func TestMovedBytesAreRefusedOrSaid(t *testing.T) {
	for _, c := range []struct {
		name, template  string
		format          TimeFormat
		body            string
		fields          []string
		moved           string
		movedTo         []string
		genuine, forged string // "", a piece of the caveat, or the outcome
	}{
		{"a digit of the time to the body", "{timestamp}{body}", Unix, "5", []string{"X-Time", early}, "05", []string{"X-Time", early[:9]}, "", "malformed"},
		{"a digit of the body to the time", "{timestamp}{body}", Unix, "55", []string{"X-Time", early}, "5", []string{"X-Time", early + "5"}, "", "malformed"},
		{"a fraction of the time to a form", "{timestamp}{body}", ISO8601, "a=1", []string{"X-Time", "2026-03-14 14:09:26.123"},
			"3a=1", []string{"X-Time", "2026-03-14 14:09:26.12"}, "", "malformed"},
		{"all of the fraction", "{timestamp}{body}", ISO8601, "a=1", []string{"X-Time", "2026-03-14 14:09:26.123"},
			".123a=1", []string{"X-Time", "2026-03-14 14:09:26"}, "", "malformed"},
		{"an earlier time in the body", "{header:X-Id}.{timestamp}.{body}", Unix, `{"x":".` + later + `.y"}`, []string{"X-Id", "msg_1", "X-Time", early},
			`y"}`, []string{"X-Id", "msg_1." + early + `.{"x":"`, "X-Time", later}, "", "malformed"},
		{"an id with a full stop", "{header:X-Id}.{timestamp}.{body}", Unix, `{"x":1.5}`, []string{"X-Id", "a.b", "X-Time", early}, "", nil, "", ""},
		{"a nonce out of the body", "{body}.{header:X-Id}.{timestamp}", Unix, `{"x":1.5}`, []string{"X-Id", "01FJ", "X-Time", early},
			`{"x":1`, []string{"X-Id", "5}.01FJ", "X-Time", early}, "", `the separator "."`},
		{"an id that must be a word", "{body}.{header:X-Id|is:word}.{timestamp}", Unix, `{"x":1.5}`, []string{"X-Id", "01FJ", "X-Time", early},
			`{"x":1`, []string{"X-Id", "5}.01FJ", "X-Time", early}, "", "malformed"},
		{"an id beside a body", "{header:X-Id|is:word}{body}", "", `{"x":1}`, []string{"X-Id", "m1"}, `1{"x":1}`, []string{"X-Id", "m"}, "", "X-Id, body"},
		{"an id of nothing", "{header:X-Id|is:word}{body}", "", `{"x":1}`, []string{"X-Id", "m1"}, `m1{"x":1}`, []string{"X-Id", ""}, "", "malformed"},
		{"two fields", "{header:X-A}{header:X-B}", "", "{}", []string{"X-A", "1", "X-B", "23"}, "{}", []string{"X-A", "12", "X-B", "3"},
			"X-A, X-B", "X-A, X-B"},
		{"two fields with the separator in one", "{header:X-A}:{header:X-B}", "", "{}", []string{"X-A", "1", "X-B", "2:3"}, "{}", []string{"X-A", "1:2", "X-B", "3"},
			`the separator ":"`, `the separator ":"`},
		{"an address beside JSON", "{url}{body}", "", `{"x":1}`, nil, "", nil, "", ""},
		{"an address beside a form", "{url}{form|sorted}", "", "a=1&b=2", nil, "a1=b2", nil, joinedWithout, joinedWithout},
		{"a form to the address", "{url}{form|sorted}", "", "", nil, "", nil, joinedWithout, ""},
		{"fields with a separator in the last", "{header:X-A}:{header:X-B}", "", "{}", []string{"X-A", "1:2", "X-B", "3"}, "{}", []string{"X-A", "1", "X-B", "2:3"},
			`the separator ":"`, `the separator ":"`},
		{"names and values that hold separators", "{form|sorted:=:&}", "", "a=1%26b%3D2", nil, "a=1&b=2", nil, joinedWithout, ""},
		{"the body as a checksum", "{body|crc32}", "", "plumless", nil, "buckeroo", nil, "CRC-32", "CRC-32"},
	} {
		s := partsScheme(c.template, c.format)
		m := signedAs(t, s, post(c.body, c.fields...))
		expectCaveat(t, c.name+", genuine", s.Verify(m, secrets("key"), noon), c.genuine)
		if c.moved == "" {
			continue
		}
		forged := post(c.moved, slices.Concat(c.movedTo, []string{"X-Signature", m.Header.Get("X-Signature")})...)
		expectCaveat(t, c.name+", forged", s.Verify(forged, secrets("key"), noon), c.forged)
	}
}

// signedAs signs m with the fields that it has, the time among them.
func signedAs(t *testing.T, s Shared, m Message) Message {
	t.Helper()
	pieces := &check{findings: findings{Layout: &s.Layout, m: m, fields: ReadFields(m), stamp: m.Header.Get("X-Time")}}
	if o := pieces.readParts(); o != "" {
		t.Fatalf("%s: %v", o, pieces.steps)
	}
	sum := s.Algorithm.over(true, key{text: "key", bytes: []byte("key")}, pieces.texts[0].pieces)
	m.Header = m.Header.With("X-Signature", Hex.encode(sum))
	return m
}

func expectCaveat(t *testing.T, name string, v Verdict, want string) {
	t.Helper()
	if want == string(Malformed) {
		if v.Outcome != Malformed {
			t.Errorf("%s: %s, expected malformed: %v", name, v.Outcome, v.Steps)
		}
		return
	}
	got := caveatOf(v)
	if v.Outcome != Verified || !strings.Contains(got, want) || want == "" && got != "" {
		t.Errorf("%s: %s with the caveat %q, expected verified with %q: %v", name, v.Outcome, got, want, v.Steps)
	}
	if want != "" && v.Cover == CoverBody {
		t.Errorf("%s: cover body with a caveat %q", name, got)
	}
	if want != "" && !strings.Contains(v.Says(), "not protected") {
		t.Errorf("%s says %q, expected what is not protected", name, v.Says())
	}
}

func TestTheNamesOfJoinedFieldsAreCovered(t *testing.T) {
	s := partsScheme("{url}{form|sorted}", "")
	v := s.Verify(signedAs(t, s, post("b=2&a=1&b=3")), secrets("key"), noon)
	if want := []string{"url", "form:a", "form:b"}; !slices.Equal(v.Covered, want) || v.Cover != CoverFields {
		t.Errorf("cover %s of %q, expected fields of %q", v.Cover, v.Covered, want)
	}
	v = s.Verify(signedAs(t, s, post("a|b=2")), secrets("key"), noon)
	if want := []string{"url", "body"}; !slices.Equal(v.Covered, want) || v.Cover != CoverFields {
		t.Errorf("cover %s of %q with a name that is no part, expected fields of %q", v.Cover, v.Covered, want)
	}
}

func TestATextThatAnotherFormCanHaveIsSaid(t *testing.T) {
	s := partsScheme("{url}{body|empty}", "")
	s.Templates = templates("{url}{body|empty}", "{url}{form|sorted}")
	v := s.Verify(signedAs(t, partsScheme("{url}{body|empty}", ""), post("")), secrets("key"), noon)
	expectCaveat(t, "an address alone", v, "another form, so what is which part is not protected: url, form")
	s = partsScheme("{timestamp}.{body}", Unix)
	s.Templates, s.JSONObject = templates("{timestamp}.{body}", "{body}.{timestamp}"), true
	v = s.Verify(signedAs(t, partsScheme("{timestamp}.{body}", Unix), post("{}", "X-Time", early)), secrets("key"), noon)
	expectCaveat(t, "two orders that nothing mixes up", v, "")
}
