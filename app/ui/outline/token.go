package outline

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"shopbell/providers/signature"
)

// Token is a JSON Web Token taken apart. Nothing of it is checked.
type Token struct {
	Header []byte // JSON
	Claims []byte // JSON; nil when they are encrypted or no JSON
	Rest   []string
}

// mostToken bounds the bytes of a token.
const mostToken = 1 << 20

// ReadToken takes text apart if it looks like a JSON Web Token: three parts of
// base64url with dots between them, five when it is encrypted, whose first one
// is a JSON object with "alg".
func ReadToken(text []byte) (Token, bool) {
	text = bytes.TrimSpace(text)
	if len(text) > mostToken || !looksLikeToken(text) {
		return Token{}, false
	}
	parts := strings.Split(string(text), ".")
	if len(parts) != 3 && len(parts) != 5 {
		return Token{}, false
	}
	header, ok := object(parts[0])
	if !ok || !bytes.Contains(header, []byte(`"alg"`)) {
		return Token{}, false
	}
	t := Token{Header: header, Rest: parts[2:]}
	if len(parts) == 3 {
		t.Claims, _ = object(parts[1])
	}
	if t.Claims == nil {
		t.Rest = parts[1:]
	}
	return t, true
}

// looksLikeToken is a quick look: every JSON object begins alike in base64.
func looksLikeToken(text []byte) bool { return bytes.HasPrefix(text, []byte("eyJ")) }

// mayOpen is a quick look whether a text can hold a token or JSON.
func mayOpen(text []byte) bool { return looksLikeToken(text) || classOf(text) == Group }

// object decodes a JSON object from base64url.
func object(part string) ([]byte, bool) {
	text, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	if err != nil || len(text) == 0 || text[0] != '{' || !signature.ValidJSON(text) {
		return nil, false
	}
	return text, true
}

// inside is what a text holds in its turn: a token, or JSON.
func inside(text []byte, eyes Eyes) Branch {
	if t, ok := ReadToken(text); ok {
		return t.Branch(eyes)
	}
	if at := skipBlank(text, 0); at < len(text) && classOf(text[at:]) == Group && signature.ValidJSON(text) {
		return apart{JSON(eyes.Masked(text), eyes)}
	}
	return nil
}

// mostInside bounds the bytes that are read to tell whether a text opens; a
// longer one that begins like JSON is taken for it until it is opened.
const mostInside = 16 << 10

// opens tells whether a text holds a token or JSON.
func opens(text string, eyes Eyes) bool {
	if len(text) > mostInside {
		return mayOpen([]byte(text[:8]))
	}
	return mayOpen([]byte(text)) && inside([]byte(text), eyes) != nil
}

// apart is a branch of a text of its own, to which no path of the body leads.
type apart struct{ Branch }

func (a apart) Way(i int) Way { return Way{Path: a.Branch.Way(i).Path} }

func (a apart) Keys(int) ([]string, WayKind) { return nil, InOther }

func (a apart) Open(i int) Branch {
	if b := a.Branch.Open(i); b != nil {
		return apart{b}
	}
	return nil
}

// Branch is the token's parts.
func (t Token) Branch(eyes Eyes) Branch {
	f := &fixed{}
	t.Header = eyes.Masked(t.Header)
	if t.Claims != nil {
		t.Claims = eyes.Masked(t.Claims)
	}
	f.add(Node{Name: "header", Ours: true, Value: preview(t.Header), Class: Group, Opens: true}, string(t.Header), apart{jsonOf(t.Header, eyes, false)})
	if t.Claims != nil {
		f.add(Node{Name: "claims", Ours: true, Value: preview(t.Claims), Class: Group, Opens: true}, string(t.Claims), apart{jsonOf(t.Claims, eyes, true)})
	}
	for i, rest := range t.Rest {
		name := "signature"
		if len(t.Rest) > 1 {
			name = fmt.Sprintf("part %d", i+2)
		}
		f.add(Node{Name: name, Ours: true, Value: preview([]byte(rest))}, rest, nil)
	}
	return f
}

// Times are the claims that are times, with their values.
func (t Token) Times() (names []string, seconds []float64) {
	var claims map[string]json.RawMessage
	_ = json.Unmarshal(t.Claims, &claims)
	for _, name := range timeClaims() {
		if n, err := strconv.ParseFloat(string(claims[name]), 64); err == nil {
			names, seconds = append(names, name), append(seconds, n)
		}
	}
	return names, seconds
}

// timeClaims are the claims of RFC 7519 and OpenID Connect that hold Unix time.
func timeClaims() []string { return []string{"iat", "nbf", "exp", "auth_time", "toe"} }

// remarkOf says a claim that is a time.
func remarkOf(name, value string, clock func(string, float64) string) string {
	for _, claim := range timeClaims() {
		if n, err := strconv.ParseFloat(value, 64); claim == name && err == nil {
			return clock(name, n)
		}
	}
	return ""
}

// fixed is a branch of which all is known.
type fixed struct {
	nodes []Node
	whole []string
	below []Branch
}

func (f *fixed) add(n Node, whole string, below Branch) {
	f.nodes, f.whole, f.below = append(f.nodes, n), append(f.whole, whole), append(f.below, below)
}

func (f *fixed) Len() int           { return len(f.nodes) }
func (f *fixed) Node(i int) Node    { return f.nodes[i] }
func (f *fixed) Value(i int) string { return f.whole[i] }
func (f *fixed) Size(i int) int     { return len(f.whole[i]) }
func (f *fixed) Open(i int) Branch  { return f.below[i] }

func (f *fixed) Way(i int) Way { return Way{Path: f.nodes[i].Name} }

func (f *fixed) Keys(int) ([]string, WayKind) { return nil, InOther }
