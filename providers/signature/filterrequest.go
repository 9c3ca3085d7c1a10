package signature

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strings"
)

// request is the family of filters that read an address or other parts of the
// message.
func (f Filter) request(in filterInput) (out []byte, mine bool, err error) {
	switch f.Name {
	case "headers":
		out, err = listedHeaders(string(in.Bytes), f.Arg, in.Fields)
	case "header-lines":
		out, err = headerLines(string(in.Bytes), in.Fields)
	case "header-values":
		out, err = headerValues(string(in.Bytes), f.Arg, in.Fields)
	case "port":
		out, err = changeHost(string(in.Bytes), withPort)
	case "no-port":
		out, err = changeHost(string(in.Bytes), (*url.URL).Hostname)
	case "no-query":
		text, _, _ := strings.Cut(string(in.Bytes), "?")
		out = []byte(text)
	case "encoded-target":
		out = encodedTarget(string(in.Bytes))
	case "qsh":
		out, err = queryStringHash(string(in.Bytes), f.Arg, in.Fields)
	case "empty":
		if len(in.Bytes) > 0 {
			err = errors.New("expected nothing")
		}
	default:
		return nil, false, nil
	}
	return out, true, err
}

// maxListedHeaders is how many headers a message may name as signed.
const maxListedHeaders = 64

// namedHeaders returns the values of the headers of those names, each of which
// must be there once.
func namedHeaders(names []string, fields *Fields) ([]string, error) {
	if fields == nil || len(names) > maxListedHeaders {
		return nil, errors.New("expected a list of at most " + itoa(maxListedHeaders) + " headers of the message")
	}
	values := make([]string, len(names))
	for i, name := range names {
		v := fields.header(name)
		if name == "" || v.Times != 1 {
			return nil, errors.New("expected every listed header once in the message")
		}
		values[i] = v.Text
	}
	return values, nil
}

// headerNames reads a list of names that are parted by commas.
func headerNames(list string) []string {
	names := strings.SplitN(list, ",", maxListedHeaders+1)
	for i, name := range names {
		names[i] = strings.TrimSpace(name)
	}
	return names
}

// listedHeaders takes a list of header names and writes each with its value,
// "name:value", in the order of the list, in small letters. The names are
// parted by commas, the pairs joined with separator (";" when empty).
func listedHeaders(list, separator string, fields *Fields) ([]byte, error) {
	if separator == "" {
		separator = ";"
	}
	names := headerNames(strings.ToLower(list))
	pairs, err := namedHeaders(names, fields)
	for i, value := range pairs {
		pairs[i] = names[i] + ":" + strings.TrimSpace(value)
	}
	return []byte(strings.Join(pairs, separator)), err
}

// headerLines takes a list of header names and writes each as it is listed,
// with its value: "Name: value" and a line end. An empty list gives nothing.
func headerLines(list string, fields *Fields) ([]byte, error) {
	if strings.TrimSpace(list) == "" {
		return nil, nil
	}
	names := headerNames(list)
	values, err := namedHeaders(names, fields)
	var b strings.Builder
	for i, value := range values {
		b.WriteString(names[i] + ": " + value + "\n")
	}
	return []byte(b.String()), err
}

// headerValues takes a list of header names, parted by spaces, and writes their
// values in the order of the list, joined with separator.
func headerValues(list, separator string, fields *Fields) ([]byte, error) {
	values, err := namedHeaders(strings.Fields(list), fields)
	return []byte(strings.Join(values, separator)), err
}

// changeHost rewrites the host of an absolute address and nothing else.
func changeHost(address string, change func(*url.URL) string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, errors.New("expected an absolute address")
	}
	scheme, rest, _ := strings.Cut(address, "://")
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	return []byte(scheme + "://" + change(u) + rest[end:]), nil
}

// withPort names the port even where it is the usual one.
func withPort(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Host
	case u.Scheme == "http":
		return u.Host + ":80"
	}
	return u.Host + ":443"
}

// What JavaScript's encodeURIComponent and encodeURI leave as it is, beside
// letters and digits.
const (
	unescapedInComponent = "-_.!~*'()"
	unescapedInURI       = unescapedInComponent + ";,/?:@&=+$#"
)

// encodedTarget is a path and query as Contentful signs them: the query
// escaped like one value, and then all of it once more like an address.
func encodedTarget(target string) []byte {
	path, query, asked := strings.Cut(target, "?")
	if asked && query != "" {
		path += "?" + escapeAs(query, unescapedInComponent)
	}
	return []byte(escapeAs(path, unescapedInURI))
}

func escapeAs(text, plain string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return b.String()
}

// queryStringHash is Atlassian's "qsh": the SHA-256, in hex, of
// METHOD&path&query. Value is the public address; base is the path of the
// add-on's own base address, which is not part of the signed path.
func queryStringHash(address, base string, fields *Fields) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || fields == nil {
		return nil, errors.New("expected the address of a message")
	}
	path, ok := strings.CutPrefix(u.EscapedPath(), strings.TrimSuffix(base, "/"))
	if !ok {
		return nil, errors.New("expected a path below the base path")
	}
	path = "/" + strings.ReplaceAll(strings.Trim(path, "/"), "&", "%26")
	query, err := canonicalQuery(u.RawQuery)
	if err != nil {
		return nil, err
	}
	method := fields.Get(Part{Kind: PartMethod}).Text
	sum := sha256.Sum256([]byte(strings.ToUpper(method) + "&" + path + "&" + query))
	return []byte(hex.EncodeToString(sum[:])), nil
}

// canonicalQuery sorts by name and joins the values of one name with commas,
// all encoded as in RFC 3986; the parameter jwt is not part of it.
func canonicalQuery(raw string) (string, error) {
	fields, err := readForm(raw)
	if err != nil {
		return "", err
	}
	values := map[string][]string{}
	for _, f := range fields {
		if f.name != "jwt" {
			values[strictEscape(f.name)] = append(values[strictEscape(f.name)], strictEscape(f.value))
		}
	}
	pairs := make([]string, 0, len(values))
	for name, all := range values {
		slices.Sort(all)
		pairs = append(pairs, name+"="+strings.Join(all, ","))
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&"), nil
}

// strictEscape encodes as in RFC 3986: a space is %20.
func strictEscape(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}
