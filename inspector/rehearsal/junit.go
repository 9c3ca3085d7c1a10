package rehearsal

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// The elements of JUnit's XML as continuous integration reads it: a suite, and
// a case for each plan. One that could not tell is skipped, with the reason.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Stamp    string      `xml:"timestamp,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string     `xml:"name,attr"`
		Class   string     `xml:"classname,attr"`
		Time    string     `xml:"time,attr"`
		Failure *junitText `xml:"failure"`
		Skipped *junitText `xml:"skipped"`
		Out     string     `xml:"system-out,omitempty"`
	}
	junitText struct {
		Message string `xml:"message,attr"`
	}
)

// WriteJUnit writes results as a JUnit XML report with one suite of that name,
// begun at began.
func WriteJUnit(w io.Writer, name string, began time.Time, results []Result) error {
	suite := junitSuite{Name: plainText(name), Tests: len(results), Stamp: began.UTC().Format("2006-01-02T15:04:05")}
	var whole time.Duration
	for _, r := range results {
		c := junitCase{Name: string(r.Plan), Class: "shopbell.rehearsal"}
		var took time.Duration
		for _, d := range r.Deliveries {
			took += d.Answered.Sub(d.Sent)
		}
		whole += took
		c.Time = seconds(took)
		switch r.Verdict {
		case Fail:
			suite.Failures++
			c.Failure = &junitText{plainText(r.Reason)}
		case Unknown:
			suite.Skipped++
			c.Skipped = &junitText{plainText(r.Reason)}
		default:
			c.Out = plainText(r.Reason)
		}
		suite.Cases = append(suite.Cases, c)
	}
	suite.Time = seconds(whole)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(junitSuites{Suites: []junitSuite{suite}}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

// plainText leaves out what XML has no way to write.
func plainText(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == '\uFFFE' || r == '\uFFFF' {
			return '·'
		}
		return r
	}, strings.ToValidUTF8(text, "·"))
}
