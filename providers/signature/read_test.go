package signature

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

func read(text string) (Message, error) {
	return ReadMessage(strings.NewReader(text), "", ReadLimit{})
}

func TestARawRequestIsReadAsItStands(t *testing.T) {
	for _, end := range []string{"\r\n", "\n"} {
		head := strings.Join([]string{"POST /a?b=%zz HTTP/1.1", "host: shop.example", "X-One:  a  b\t", "x-one:", "", ""}, end)
		m, err := read(head + "body\r\n\x00\xff")
		if err != nil {
			t.Fatal(err)
		}
		want := Message{Method: "POST", Target: "/a?b=%zz", URL: "https://shop.example/a?b=%zz",
			Header: Header{{"host", "shop.example"}, {"X-One", "a  b"}, {"x-one", ""}},
			Body:   []byte("body\r\n\x00\xff"), Head: []byte(head)}
		if !reflect.DeepEqual(m, want) {
			t.Errorf("got %+v, expected %+v", m, want)
		}
		if got := string(m.Raw()); got != head+"body\r\n\x00\xff" {
			t.Errorf("raw is %q", got)
		}
	}
}

func TestThePublicURLIsTheGivenOneOrMadeFromHostAndTarget(t *testing.T) {
	for _, c := range []struct{ target, host, given, want string }{
		{"/a", "x.example:8443", "", "https://x.example:8443/a"},
		{"/a", "x.example", "http://y.example/b", "http://y.example/b"},
		{"http://z.example/a?b", "x.example", "", "http://z.example/a?b"},
		{"*", "x.example", "", ""},
		{"/a", "", "", ""},
	} {
		m, err := ReadMessage(strings.NewReader("POST "+c.target+" HTTP/1.1\nHost: "+c.host+"\n\n"), c.given, ReadLimit{})
		if err != nil || m.URL != c.want {
			t.Errorf("%+v: %q, %v", c, m.URL, err)
		}
	}
}

func TestAWrongRequestIsRefusedWithItsLine(t *testing.T) {
	for text, says := range map[string]string{
		"":                                      "it is empty",
		"\r\n\n":                                "it is empty",
		"POST /\n\n":                            "request line 1",
		"\nPOST / HTTP/1.1 x\n\n":               "request line 2",
		"POST  / HTTP/1.1\n\n":                  "has 4 words",
		"PO(ST / HTTP/1.1\n\n":                  "method",
		"POST /\x01 HTTP/1.1\n\n":               "target",
		"POST / HTTP/11\n\n":                    "version",
		"POST / HTTP/1.\n\n":                    "version",
		"POST / http/1.1\n\n":                   "version",
		"POST / HTTP/1.1\nHost x\n\n":           "header line 2: \"Host x\" has no colon",
		"POST / HTTP/1.1\nA: b\nHost : x\n\n":   "header line 3: header name \"Host \"",
		"POST / HTTP/1.1\nA: b\n c\n\n":         "header line 3: it begins with white space",
		"POST / HTTP/1.1\nA: b\x00c\n\n":        "header line 2: the value of \"A\" holds a control character",
		"POST / HTTP/1.1\nA: b\rB: c\n\n":       "header line 2: the value of \"A\" holds a control character",
		"POST / HTTP/1.1\n: b\n\n":              "header line 2: header name \"\"",
		"POST / HTTP/1.1\nA: b\n":               "ends at line 2, expected an empty line",
		"POST / HTTP/1.1":                       "ends at line 1, expected an empty line",
		"POST / HTTP/1.1\nA: b\n{\"json\": 1}x": "header line 3",
	} {
		_, err := read(text)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, expected it to say %q", text, err, says)
		}
	}
}

func TestAnUnusualButLegalRequestIsRead(t *testing.T) {
	for _, text := range []string{
		"\r\n\nPOST / HTTP/1.1\n\n", "GET / HTTP/2\nHost: x\n\n", "M-SEARCH * HTTP/1.0\r\n\r\n",
		"POST / HTTP/1.1\nX-Latin: caf\xe9\tx\n\n", "POST / HTTP/1.1\nHost: x\r\n\n",
	} {
		m, err := read(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if again, err := read(string(m.Raw())); err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("%q comes back as %+v, %v", text, again, err)
		}
	}
}

func TestLimitsHoldAndCanBeToldApart(t *testing.T) {
	limit := ReadLimit{Head: 64, Body: 8}
	for text, want := range map[string]error{
		"POST / HTTP/1.1\nA: " + strings.Repeat("x", 42) + "\n\n12345678": nil,
		"POST / HTTP/1.1\nA: " + strings.Repeat("x", 44) + "\n\n":         ErrHeadTooLarge,
		strings.Repeat("\n", 60) + "POST / HTTP/1.1\n\n":                  ErrHeadTooLarge,
		"POST / HTTP/1.1\n\n123456789":                                    ErrBodyTooLarge,
		strings.Repeat("x", 10_000):                                       ErrHeadTooLarge,
	} {
		if _, err := ReadMessage(strings.NewReader(text), "", limit); !errors.Is(err, want) {
			t.Errorf("%.40q: %v, expected %v", text, err, want)
		}
	}
}

func TestAReadErrorIsPassedOn(t *testing.T) {
	broken := errors.New("cable pulled")
	for _, text := range []string{"POST / HT", "POST / HTTP/1.1\n\nbo"} {
		r := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(text)))
		if _, err := ReadMessage(r, "", ReadLimit{}); !errors.Is(err, iotest.ErrTimeout) {
			t.Errorf("%q: %v, expected the reader's error", text, err)
		}
	}
	if _, err := ReadMessage(iotest.ErrReader(broken), "", ReadLimit{}); !errors.Is(err, broken) {
		t.Errorf("%v, expected %v", err, broken)
	}
}

func TestAHeadMadeAnewCannotBeSplitByAValue(t *testing.T) {
	m := post("body", "X-One", "a\r\nX-Evil: b", "X\nTwo", "c")
	want := "POST /hook HTTP/1.1\r\nX-One: a X-Evil: b\r\nX Two: c\r\n\r\nbody"
	if got := string(m.Raw()); got != want {
		t.Errorf("raw is %q, expected %q", got, want)
	}
	if got := string(Message{URL: "https://x.example/p?q"}.Raw()); got != "POST /p?q HTTP/1.1\r\n\r\n" {
		t.Errorf("raw is %q", got)
	}
}

func FuzzReadMessageGivesBackWhatRawWrites(f *testing.F) {
	f.Add([]byte("POST /a HTTP/1.1\r\nHost: x\r\n\r\nbody"))
	f.Add([]byte("\n\nGET http://x/ HTTP/1.0\nA:b\nA: \tc \n\n"))
	f.Add([]byte("POST / HTTP/1.1\nA: b\n c\n\n"))
	f.Add([]byte("POST / HTTP/1.1\r\n\r\n\x00\xff"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := ReadMessage(bytes.NewReader(raw), "", ReadLimit{})
		if err != nil {
			return
		}
		again, err := ReadMessage(bytes.NewReader(m.Raw()), "", ReadLimit{})
		if err != nil || !reflect.DeepEqual(m, again) {
			t.Errorf("got %+v, %v, expected %+v", again, err, m)
		}
		m.Head = nil
		anew, err := ReadMessage(bytes.NewReader(m.Raw()), m.URL, ReadLimit{})
		anew.Head = nil
		if err != nil || !reflect.DeepEqual(m, anew) {
			t.Errorf("made anew: got %+v, %v, expected %+v", anew, err, m)
		}
	})
}
