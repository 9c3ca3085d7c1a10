package detail

import (
	"bytes"
	"fmt"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
)

// mostOfPart bounds the bytes of a multipart body's part that the pretty view
// shows; Raw shows all.
const mostOfPart = 64 << 10

// prettyParts lays out a multipart body: of each part its number and size, its
// header, and its content if that is text.
func prettyParts(body []byte, boundary string, eyes outline.Eyes) prettied {
	parts, fault := outline.Parts(body, boundary)
	if fault != nil && len(parts) == 0 {
		return prettied{text: body, fault: &fault.Offset, note: faultWords("multipart", body, fault.Offset, brokenOff(fault.Says))}
	}
	p := prettied{kind: rows.Plain}
	var out bytes.Buffer
	for i, part := range parts {
		if i > 0 {
			out.WriteString("\n\n")
		}
		from := out.Len()
		content := eyes.Masked(part.Decoded())
		fmt.Fprintf(&out, "── %s ──\n", partTitle(i, part))
		for _, f := range part.Header {
			fmt.Fprintf(&out, "%s: %s\n", f.Name, f.Value)
		}
		out.WriteByte('\n')
		out.Write(partText(content))
		p.places = append(p.places, outline.Place{
			Way:   outline.Way{Path: part.Label()},
			Whole: outline.Span{From: int32(from), To: int32(out.Len())}, Text: string(content),
		})
	}
	p.text = out.Bytes()
	p.note = lang.L("Parts: {{.Count}}.", map[string]any{"Count": len(parts)})
	if fault != nil {
		at := len(p.text)
		p.fault = &at
		line, column := position(body, fault.Offset)
		p.note = lang.L("The parts break off at line {{.Line}}, column {{.Column}} of the body: {{.Why}}.", map[string]any{"Line": line, "Column": column, "Why": brokenOff(fault.Says)})
	}
	return p
}

// partTitle is what a part is called, with its size.
func partTitle(i int, part outline.Part) string {
	values := map[string]any{"Number": i + 1, "Name": part.Name, "File": part.File, "Size": look.Bytes(int64(len(part.Content)))}
	switch {
	case part.File != "":
		return lang.L("Part {{.Number}}: file {{.File}}, {{.Size}}", values)
	case part.Name != "":
		return lang.L("Part {{.Number}}: {{.Name}}, {{.Size}}", values)
	}
	return lang.L("Part {{.Number}}, {{.Size}}", values)
}

// partText is a part's content for reading.
func partText(content []byte) []byte {
	size := look.Bytes(int64(len(content)))
	if !outline.Readable(content) {
		return []byte(lang.L("({{.Size}} that are not text: see Hex)", map[string]any{"Size": size}))
	}
	if len(content) > mostOfPart {
		start := bytes.ToValidUTF8(content[:mostOfPart], nil)
		return append(start[:len(start):len(start)], "\n"+lang.L("(the first {{.Most}} of {{.Size}}: see Raw)", map[string]any{"Most": look.Bytes(mostOfPart), "Size": size})...)
	}
	if p := prettyJSON(content); p.fault == nil && bytes.ContainsAny(content, "{[") {
		return p.text
	}
	return content
}

// prettyToken lays out a JSON Web Token: its header, its claims, and the times
// among them in words.
func prettyToken(t outline.Token, eyes outline.Eyes) prettied {
	var out bytes.Buffer
	section := func(title string, text []byte) {
		if out.Len() > 0 {
			out.WriteString("\n\n")
		}
		fmt.Fprintf(&out, "── %s ──\n%s", title, text)
	}
	section(lang.L("Header"), prettyJSON(eyes.Masked(t.Header)).text)
	if t.Claims != nil {
		section(lang.L("Claims"), prettyJSON(eyes.Masked(t.Claims)).text)
	}
	var times []string
	names, seconds := t.Times()
	for i, name := range names {
		times = append(times, fmt.Sprintf("%-9s %s", name, eyes.Clock(name, seconds[i])))
	}
	if times != nil {
		section(lang.L("Times"), []byte(strings.Join(times, "\n")))
	}
	section(lang.L("Signature"), []byte(strings.Join(t.Rest, "\n")))
	note := lang.L("A JSON Web Token, decoded, not verified: anybody can write these claims. What its signature proves is said under Verification.")
	if t.Claims == nil {
		note = lang.L("A JSON Web Token whose claims cannot be read here, because they are encrypted or no JSON. Its header is decoded, not verified.")
	}
	return prettied{text: out.Bytes(), kind: rows.JSON, note: note}
}
