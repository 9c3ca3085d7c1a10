package providers

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"shopbell/providers/signature"
)

// Own is what a person says of a provider of his own.
type Own struct {
	ID, Name, Category, Docs string
	// Delivery is the path of the genuine delivery beside the file; "" is none.
	Delivery string
	At       time.Time
	Found    Inferred
}

// OwnFile writes a catalogue file. It holds no secret.
func OwnFile(o Own) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s = %s\n", key, quoted(value))
		}
	}
	b.WriteString("#:schema ./provider.schema.json\n")
	line("id", o.ID)
	line("name", o.Name)
	line("category", o.Category)
	line("docs", o.Docs)
	line("sure", "secondary")
	line("mark", markOf(o.Name))
	line("colour", "#495057")
	line("secret_where", "Ask "+o.Name+" for the secret of this webhook.")
	line("advice", strings.Join(append([]string{"Found from one genuine delivery: " + o.Found.Says + ". Compare it with the provider's documentation."}, o.Found.Notes...), " "))
	b.WriteString("\n" + schemeText(o.Found.Scheme))
	if o.Delivery != "" {
		b.WriteString("\n[[example]]\n")
		line("file", o.Delivery)
		line("origin", "a delivery that was received")
		fmt.Fprintf(&b, "at = %s\n", o.At.UTC().Format(time.RFC3339))
	}
	return b.String()
}

// markOf is the badge of a name: its first two letters.
func markOf(name string) string {
	letters := []rune(strings.TrimSpace(name))
	return string(letters[:min(2, len(letters))])
}

// schemeText writes [scheme] of what Infer finds.
func schemeText(s signature.Scheme) string {
	switch s := s.(type) {
	case signature.Token:
		return tokenText(s)
	case signature.PublicKey:
		return layoutText("public-key", string(s.Algorithm), s.Layout) + secretText(s.Secret) + stampText(s.Timestamp)
	case signature.JWT:
		return tokenFormText("jwt", "", s.TokenForm) + claimsText(s.Claims)
	case signature.JWS:
		return tokenFormText("jws", s.Payload.String(), s.TokenForm)
	case signature.Shared:
		kind := "hash"
		if s.Keyed {
			kind = "hmac"
		}
		return layoutText(kind, string(s.Algorithm), s.Layout) + secretText(s.Secret) + stampText(s.Timestamp)
	}
	return ""
}

func tokenText(s signature.Token) string {
	if s.Basic {
		return "[scheme]\nkind = \"basic\"\n"
	}
	out := "[scheme]\nkind = \"token\"\nsignature = " + quoted(s.At[0].String()) + "\n"
	if s.Prefix != "" {
		out += "prefix = " + quoted(s.Prefix) + "\n"
	}
	return out
}

// tokenFormText writes what schemes with a compact token share.
func tokenFormText(kind, payload string, f signature.TokenForm) string {
	out := fmt.Sprintf("[scheme]\nkind = %s\nsignature = %s\nalgorithms = [%s]\n", quoted(kind), quoted(f.At[0].String()), quoted(f.Algorithms[0]))
	if f.Prefix != "" {
		out += "prefix = " + quoted(f.Prefix) + "\n"
	}
	if payload != "" {
		out += "payload = " + quoted(payload) + "\n"
	}
	return out + secretText(f.Secret) + stampText(f.Timestamp)
}

func claimsText(claims []signature.Claim) string {
	var b strings.Builder
	for _, c := range claims {
		fmt.Fprintf(&b, "\n[[scheme.claim]]\nname = %s\nvalue = %s\n", quoted(c.Name), quoted(c.Value.String()))
	}
	return b.String()
}

func layoutText(kind, algorithm string, l signature.Layout) string {
	var b strings.Builder
	fmt.Fprintf(&b, "[scheme]\nkind = %s\nalgorithm = %s\nencoding = %s\nsignature = %s\n",
		quoted(kind), quoted(algorithm), quoted(string(l.Encoding)), quoted(l.At[0].String()))
	if l.Prefix != "" {
		fmt.Fprintf(&b, "prefix = %s\n", quoted(l.Prefix))
	}
	if l.Unescape {
		b.WriteString("unescape = true\n")
	}
	if l.Repeated {
		b.WriteString("repeated = true\n")
	}
	if l.Upper {
		b.WriteString("upper = true\n")
	}
	if l.Text != nil {
		fmt.Fprintf(&b, "text = %s\n", quoted(l.Text.String()))
	}
	fmt.Fprintf(&b, "templates = [%s]\n", quoted(l.Templates[0].String()))
	for _, e := range l.Equals {
		fmt.Fprintf(&b, "\n[[scheme.equal]]\npart = %s\nvalue = %s\n", quoted(e.Part.String()), quoted(e.Value.String()))
	}
	return b.String() + listText(l.List)
}

func listText(l signature.List) string {
	if l.Pairs == "" {
		return ""
	}
	keys := make([]string, len(l.Keys))
	for i, key := range l.Keys {
		keys[i] = quoted(key)
	}
	out := fmt.Sprintf("\n[scheme.list]\npairs = %s\nkeys = [%s]\n", quoted(l.Pairs), strings.Join(keys, ", "))
	if l.Equals != "" {
		out += "equals = " + quoted(l.Equals) + "\n"
	}
	if l.After != "" {
		out += "after = " + quoted(l.After) + "\n"
	}
	return out
}

func secretText(f signature.SecretForm) string {
	var b strings.Builder
	if len(f.Parts) > 0 {
		fmt.Fprintf(&b, "parts = [%s, %s]\n", quoted(f.Parts[0]), quoted(f.Parts[1]))
	}
	if len(f.Strip) > 0 {
		fmt.Fprintf(&b, "strip = %s\n", quoted(f.Strip[0]))
	}
	if f.After != "" {
		fmt.Fprintf(&b, "after = %s\n", quoted(f.After))
	}
	if f.Normal != "" {
		fmt.Fprintf(&b, "normal = %s\n", quoted(f.Normal))
	}
	if f.Encoding != "" {
		fmt.Fprintf(&b, "encoding = %s\n", quoted(string(f.Encoding)))
	}
	if f.Derive != "" {
		fmt.Fprintf(&b, "derive = %s\n", quoted(f.Derive))
	}
	if b.Len() == 0 {
		return ""
	}
	return "\n[scheme.secret]\n" + b.String()
}

func stampText(ts signature.Timestamp) string {
	if ts.At.IsZero() {
		return ""
	}
	return fmt.Sprintf("\n[scheme.timestamp]\nat = %s\nformat = %s\ntolerance = %s\nours = true\n",
		quoted(ts.At.String()), quoted(string(ts.Format)), quoted(ts.Tolerance.String()))
}

// quoted writes a TOML basic string. JSON has the same escapes, and no others.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(strings.ToValidUTF8(text, "\uFFFD")) != nil {
		return `""`
	}
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\x7f", `\u007F`)
}
