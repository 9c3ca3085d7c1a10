package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// termWords says in words what a term of a search asks for. name gives the name
// of a provider.
func termWords(t inspector.Term, name func(id string) string) string {
	says := plainTerm(t, name)
	if t.Negated {
		return lang.L("not: {{.What}}", words{"What": says})
	}
	return says
}

func plainTerm(t inspector.Term, name func(id string) string) string {
	value := orList(t.Values)
	switch t.Field {
	case "":
		return lang.L("contains {{.Text}}", words{"Text": value})
	case "provider":
		var names []string
		for _, id := range t.Values {
			names = append(names, name(id))
		}
		return lang.L("provider {{.Name}}", words{"Name": orList(names)})
	case "outcome":
		return lang.L("outcome is {{.Outcome}}", words{"Outcome": value})
	case "status":
		return statusWords(t, value)
	case "size":
		return sizeWords(t)
	case "since", "until":
		return timeWords(t)
	case "is":
		return isWords(t.Values[0])
	case "header":
		return headerWords(t)
	case "body":
		return bodyWords(t)
	}
	return textWords(t, value)
}

// textWords is for a text of the summary, which equals or contains a value.
func textWords(t inspector.Term, value string) string {
	data := words{"Text": value}
	switch {
	case t.Field == "endpoint" && t.Whole && t.Values[0] == "":
		return lang.L("no endpoint has its path")
	case t.Field == "endpoint" && t.Whole:
		return lang.L("endpoint is {{.Text}}", data)
	case t.Field == "endpoint":
		return lang.L("endpoint contains {{.Text}}", data)
	case t.Field == "event" && t.Whole:
		return lang.L("event is {{.Text}}", data)
	case t.Field == "event":
		return lang.L("event contains {{.Text}}", data)
	case t.Field == "path" && t.Whole:
		return lang.L("path is {{.Text}}", data)
	case t.Field == "path":
		return lang.L("path contains {{.Text}}", data)
	case t.Whole:
		return lang.L("id is {{.Text}}", data)
	}
	return lang.L("id contains {{.Text}}", data)
}

func headerWords(t inspector.Term) string {
	data := words{"Name": shortened(t.Name), "Text": shortened(t.Values[0])}
	switch {
	case t.Whole:
		return lang.L("header {{.Name}} is {{.Text}}", data)
	case t.Values[0] == "":
		return lang.L("has the header {{.Name}}", data)
	}
	return lang.L("header {{.Name}} contains {{.Text}}", data)
}

func bodyWords(t inspector.Term) string {
	data := words{"Path": shortened(t.Name), "Text": shortened(t.Values[0]), "Number": shortened(t.Operand)}
	switch {
	case t.Sign == ">":
		return lang.L("{{.Path}} in the body is above {{.Number}}", data)
	case t.Sign == ">=":
		return lang.L("{{.Path}} in the body is at least {{.Number}}", data)
	case t.Sign == "<":
		return lang.L("{{.Path}} in the body is below {{.Number}}", data)
	case t.Sign == "<=":
		return lang.L("{{.Path}} in the body is at most {{.Number}}", data)
	case t.Whole:
		return lang.L("{{.Path}} in the body is {{.Text}}", data)
	case t.Values[0] == "":
		return lang.L("has {{.Path}} in the body", data)
	}
	return lang.L("{{.Path}} in the body contains {{.Text}}", data)
}

func statusWords(t inspector.Term, value string) string {
	data := words{"Status": shortened(t.Operand)}
	switch {
	case len(t.Values) == 1 && strings.EqualFold(t.Values[0], "none"):
		return lang.L("the shop did not answer")
	case t.Sign == ">":
		return lang.L("shop answered above {{.Status}}", data)
	case t.Sign == ">=":
		return lang.L("shop answered {{.Status}} or above", data)
	case t.Sign == "<":
		return lang.L("shop answered below {{.Status}}", data)
	case t.Sign == "<=":
		return lang.L("shop answered {{.Status}} or below", data)
	}
	return lang.L("shop answered {{.Status}}", words{"Status": value})
}

func sizeWords(t inspector.Term) string {
	data := words{"Size": shortened(t.Operand)}
	switch t.Sign {
	case ">":
		return lang.L("body larger than {{.Size}}", data)
	case ">=":
		return lang.L("body of {{.Size}} or more", data)
	case "<":
		return lang.L("body smaller than {{.Size}}", data)
	case "<=":
		return lang.L("body of {{.Size}} or less", data)
	}
	return lang.L("body of exactly {{.Size}}", data)
}

func timeWords(t inspector.Term) string {
	day := look.Date(t.At, "2006", "")
	moment := look.Date(t.At.Local(), "2006", time.TimeOnly)
	switch {
	case t.Field == "since" && t.Ago > 0:
		return lastWords(t.Ago)
	case t.Field == "since" && t.Day:
		return lang.L("received on {{.Day}} or later", words{"Day": day})
	case t.Field == "since":
		return lang.L("received from {{.Moment}} on", words{"Moment": moment})
	case t.Ago > 0:
		return lang.L("received more than {{.Span}} ago", words{"Span": spanText(t.Ago)})
	case t.Day:
		return lang.L("received on {{.Day}} or earlier", words{"Day": day})
	}
	return lang.L("received until {{.Moment}}", words{"Moment": moment})
}

// lastWords is "received in the last hour" and its like.
func lastWords(ago time.Duration) string {
	for _, unit := range []struct {
		long time.Duration
		one  string
		many func(int) string
	}{
		{7 * 24 * time.Hour, lang.L("received in the last week"), func(n int) string {
			return lang.N("received in the last {{.Count}} weeks", n, words{"Count": n})
		}},
		{24 * time.Hour, lang.L("received in the last day"), func(n int) string {
			return lang.N("received in the last {{.Count}} days", n, words{"Count": n})
		}},
		{time.Hour, lang.L("received in the last hour"), func(n int) string {
			return lang.N("received in the last {{.Count}} hours", n, words{"Count": n})
		}},
		{time.Minute, lang.L("received in the last minute"), func(n int) string {
			return lang.N("received in the last {{.Count}} minutes", n, words{"Count": n})
		}},
	} {
		switch n := int(ago / unit.long); {
		case ago == unit.long:
			return unit.one
		case n > 1 && ago%unit.long == 0:
			return unit.many(n)
		}
	}
	return lang.L("received in the last {{.Span}}", words{"Span": spanText(ago)})
}

func isWords(state string) string {
	switch strings.ToLower(state) {
	case "pinned":
		return lang.L("is pinned")
	case "held":
		return lang.L("is held")
	case "waiting":
		return lang.L("waits for the shop")
	}
	return lang.L("repeats an earlier one")
}

// vainWords says why a term is of no use, "" when it is of use.
func vainWords(terms []inspector.Term, place int, name func(string) string) string {
	t := terms[place]
	this := termWords(t, name)
	switch {
	case t.Vain == inspector.Implied:
		return lang.L("“{{.Term}}” changes nothing here.", words{"Term": this})
	case t.Vain == inspector.Excluded && t.Against != place:
		return lang.L("Nothing can match both “{{.Term}}” and “{{.Other}}”. Remove one of them.", words{"Term": this, "Other": termWords(terms[t.Against], name)})
	case t.Vain == inspector.Excluded && (t.Field == "since" || t.Field == "until"):
		return lang.L("Nothing can match “{{.Term}}” yet.", words{"Term": this})
	case t.Vain == inspector.Excluded:
		return lang.L("Nothing can match “{{.Term}}” together with the rest. Remove it.", words{"Term": this})
	}
	return ""
}

// orList is "a", "a or b", "a, b or c"; an empty value is shown as “”.
func orList(values []string) string {
	var shown []string
	for _, v := range values {
		if v == "" {
			v = "“”"
		}
		shown = append(shown, shortened(v))
	}
	last := len(shown) - 1
	if last == 0 {
		return shown[0]
	}
	return lang.L("{{.List}} or {{.Last}}", words{"List": strings.Join(shown[:last], ", "), "Last": shown[last]})
}

// shortened keeps a value short enough for a chip.
func shortened(value string) string { return cutMiddle(value, 40) }

// foundWords tells how many matches there are, as far as that is known; clock
// writes a time.
func foundWords(f found, clock func(time.Time) string) string {
	switch {
	case f.looking && f.matches == 0:
		return lang.L("Searching… nothing back to {{.Moment}}", words{"Moment": clock(f.back)})
	case f.looking:
		return lang.L("{{.Count}} found back to {{.Moment}}, still searching…", words{"Count": grouped(f.matches), "Moment": clock(f.back)})
	case f.counting:
		return lang.L("first {{.Rows}} shown, {{.Count}} counted so far…", words{"Rows": grouped(f.rows), "Count": grouped(f.matches)})
	case f.matches == 0:
		return lang.L("nothing found in {{.Took}}", words{"Took": millisText(f.took.Milliseconds())})
	case f.matches == 1:
		return lang.L("1 capture in {{.Took}}", words{"Took": millisText(f.took.Milliseconds())})
	}
	return lang.N("{{.Count}} captures in {{.Took}}", f.matches, words{"Count": grouped(f.matches), "Took": millisText(f.took.Milliseconds())})
}
