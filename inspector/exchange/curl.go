package exchange

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"shopbell/providers/signature"
)

// Curl returns a command for a POSIX shell by which curl sends m to its URL: the
// request target, the header fields in their order and case, and the body, byte
// for byte, and nothing that curl would add by itself. Three things differ: curl
// writes "Host" first, chunks are put together as they were for the body, and a
// Content-Length that is not the body's becomes so.
//
// The command is printable text whatever the bytes of m, so that it survives a
// clipboard. It needs curl 7.55 or newer, for --request-target.
func Curl(m signature.Message) (string, error) {
	c := command{m: m}
	if err := c.check(); err != nil {
		return "", fmt.Errorf("export as a curl command: %w", err)
	}
	c.request()
	c.fields()
	c.body()
	return c.before + "curl " + strings.Join(c.args, " \\\n  ") + "\n", nil
}

// command is a curl command in the making.
type command struct {
	m      signature.Message
	base   string // scheme and host
	before string // what is piped into curl
	args   []string
}

// check finds what no request can have: it would end a line, or read a file.
func (c *command) check() error {
	if c.m.Method == "" {
		c.m.Method = "POST"
	}
	if !signature.IsToken(c.m.Method) {
		return fmt.Errorf("the method is %q, expected one word", c.m.Method)
	}
	if strings.ContainsAny(c.m.Target, "\r\n\x00") {
		return fmt.Errorf("the request target is %q, expected one line", c.m.Target)
	}
	for _, f := range c.m.Header {
		if !signature.IsToken(f.Name) || strings.ContainsAny(f.Value, "\r\n\x00") {
			return fmt.Errorf("a header field is %q: %q, expected a name of one word and a value of one line", f.Name, f.Value)
		}
	}
	if c.base = urlOf(c.m.URL); c.base == "" {
		if c.base = urlOf("http://" + c.m.Header.Get("Host")); c.base == "" {
			return fmt.Errorf("the address is %q, expected one with http or https and a host", c.m.URL)
		}
	}
	return nil
}

// urlOf returns scheme and host of an address, "" when it has none.
func urlOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	for i := range len(u.Host) {
		if !isLetterOrDigit(u.Host[i]) && !strings.ContainsRune("-._:[]", rune(u.Host[i])) {
			return ""
		}
	}
	return u.Scheme + "://" + u.Host
}

// request adds the request line.
func (c *command) request() {
	target := c.m.Target
	if target == "" {
		target = "/"
		if u, err := url.Parse(c.m.URL); err == nil {
			target = u.RequestURI()
		}
	}
	first := "-X " + quote(c.m.Method)
	if c.m.Method == "HEAD" && len(c.m.Body) == 0 {
		first = "--head" // else curl waits for a body of the answer
	}
	c.args = []string{first + " --http1.1"}
	if strings.Contains(c.base, "[") {
		c.args[0] += " --globoff"
	}
	if plainTarget(target) {
		c.args[0] += " " + quote(c.base+target)
		return
	}
	c.args[0] += " " + quote(c.base+"/")
	c.args = append(c.args, "--request-target "+quote(target))
}

// plainTarget tells whether curl sends a target as it stands in the address. It
// spells escapes anew and resolves dots.
func plainTarget(target string) bool {
	if !strings.HasPrefix(target, "/") || strings.HasSuffix(target, "?") || strings.Contains(target, "/.") {
		return false
	}
	for i := range len(target) {
		if !isLetterOrDigit(target[i]) && !strings.ContainsRune("/_.~?&=+:,;@$-", rune(target[i])) {
			return false
		}
	}
	return true
}

// fields adds the header as it stands in the raw head, and takes away what curl
// would add.
func (c *command) fields() {
	lines := headLines(c.m)
	sized, length := false, strconv.Itoa(len(c.m.Body))
	for i, f := range c.m.Header {
		switch {
		case strings.EqualFold(f.Name, "Transfer-Encoding") && c.m.Header.Has("Content-Length"):
			continue
		case strings.EqualFold(f.Name, "Transfer-Encoding"):
			lines[i] = "Content-Length: " + length
		case strings.EqualFold(f.Name, "Content-Length") && sized:
			continue
		case strings.EqualFold(f.Name, "Content-Length") && f.Value != length:
			lines[i] = f.Name + ": " + length
		case strings.EqualFold(f.Name, "Host") && "//"+f.Value == c.base[strings.IndexByte(c.base, ':')+1:]:
			continue // curl takes it from the address
		}
		sized = sized || strings.EqualFold(f.Name, "Content-Length") || strings.EqualFold(f.Name, "Transfer-Encoding")
		c.args = append(c.args, "-H "+quote(lines[i]))
	}
	for _, name := range []string{"User-Agent", "Accept", "Content-Type", "Expect"} {
		adds := len(c.m.Body) > 0 || name == "User-Agent" || name == "Accept"
		if adds && !c.m.Header.Has(name) {
			c.args = append(c.args, "-H "+quote(name+":"))
		}
	}
}

// headLines are the fields of m as lines: those of the raw head where they are
// known. curl sends no value for a name with a semicolon.
func headLines(m signature.Message) []string {
	raw := bytes.Split(bytes.ReplaceAll(m.Head, []byte("\r\n"), []byte("\n")), []byte("\n"))
	lines := make([]string, len(m.Header))
	for i, f := range m.Header {
		lines[i] = f.Name + ": " + f.Value
		if strings.TrimSpace(f.Value) == "" {
			lines[i] = f.Name + ";"
			continue
		}
		if i+1 >= len(raw) {
			continue
		}
		name, value, _ := strings.Cut(string(raw[i+1]), ":")
		if name == f.Name && strings.Trim(value, " \t") == f.Value {
			lines[i] = string(raw[i+1])
		}
	}
	return lines
}

// inlineBody bounds a body that stands in the command itself: one argument has
// at most 128 KiB on Linux.
const inlineBody = 32 << 10

// body adds the body: in the command where it is short and readable, else piped
// into curl, for only that carries every byte.
func (c *command) body() {
	b := c.m.Body
	switch {
	case len(b) == 0:
	case len(b) <= inlineBody && b[0] != '@' && isPrintable(b, "\n"):
		c.args = append(c.args, "--data-binary "+singleQuote(string(b)))
	default:
		c.before = pipe(b)
		c.args = append(c.args, "--data-binary @-")
	}
}
