package signature

import (
	"net/url"
	"strings"
)

// Raw returns m as a raw HTTP request, with the head as received if it is
// known. A head made anew has CRLF line ends; line ends inside a name or a
// value become spaces, so that an edited value cannot add a header.
func (m Message) Raw() []byte {
	if m.Head != nil {
		return append(append(make([]byte, 0, len(m.Head)+len(m.Body)), m.Head...), m.Body...)
	}
	var b strings.Builder
	b.Grow(256 + len(m.Body))
	method, target := m.Method, m.Target
	if method == "" {
		method = "POST"
	}
	if target == "" {
		target = targetOf(m.URL)
	}
	b.WriteString(oneLine.Replace(method) + " " + oneLine.Replace(target) + " HTTP/1.1\r\n")
	for _, f := range m.Header {
		b.WriteString(oneLine.Replace(f.Name) + ": " + oneLine.Replace(f.Value) + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(m.Body)
	return []byte(b.String())
}

var oneLine = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\x00", " ")

func targetOf(publicURL string) string {
	u, err := url.Parse(publicURL)
	if err != nil || u.RequestURI() == "" {
		return "/"
	}
	return u.RequestURI()
}
