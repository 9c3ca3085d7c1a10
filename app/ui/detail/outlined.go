package detail

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/outline"
)

// brokenOff says why a text breaks off.
func brokenOff(r outline.Reason) string {
	values := map[string]any{"Name": strconv.Quote(r.Name), "Open": strconv.Quote(r.Open)}
	switch r.Why {
	case outline.BoundaryAbsent:
		return lang.L("the boundary {{.Name}} of the Content-Type is not in the body", values)
	case outline.BoundaryUnended:
		return lang.L("no line end follows this boundary")
	case outline.BoundaryMissing:
		return lang.L("the last boundary is missing: the body was cut off, or its end is not as it should be")
	case outline.PartsTooMany:
		return lang.L("more than {{.Count}} parts", map[string]any{"Count": r.Name})
	case outline.TagUnended:
		return lang.L("a tag or section begins here that does not end")
	case outline.TagUnnamed:
		return lang.L("a \"<\" without the name of a tag")
	case outline.TagUnopened:
		return lang.L("{{.Name}} is closed but was not opened", values)
	case outline.TagCrossed:
		return lang.L("{{.Name}} is closed where {{.Open}} is open", values)
	case outline.TagUnclosed:
		return lang.L("{{.Name}} is not closed", values)
	case outline.TextOutside:
		return lang.L("text outside the outermost element")
	case outline.ElementSecond:
		return lang.L("a second outermost element {{.Name}}", values)
	case outline.ElementAbsent:
		return lang.L("no element")
	}
	return string(r.Why)
}

// nodeName is the name of a value: as it stands in the body, or a word of ours.
func nodeName(n outline.Node) string {
	if !n.Ours {
		return n.Name
	}
	switch n.Name {
	case "header":
		return lang.L("header")
	case "claims":
		return lang.L("claims")
	case "signature":
		return lang.L("signature")
	case "content":
		return lang.L("content")
	}
	if number, is := strings.CutPrefix(n.Name, "part "); is {
		return lang.L("part {{.Number}}", map[string]any{"Number": number})
	}
	return n.Name
}
