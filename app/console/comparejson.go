package console

import (
	"github.com/oklog/ulid/v2"

	"shopbell/inspector/compare"
)

// listed is how many differences a comparison lists at most.
const listed = 10_000

// comparison is the object of "compare --json".
type comparison struct {
	Type string   `json:"type"` // "comparison"
	A    sideJSON `json:"a"`
	B    sideJSON `json:"b"`
	// Result, Head and Body are "equal", "same_meaning" or "different".
	Result string `json:"result"`
	Head   string `json:"head"`
	Body   string `json:"body"`
	// Syntax is how the bodies were compared: json, form, xml, lines or bytes;
	// "" when their differences are hidden.
	Syntax string   `json:"syntax"`
	Forms  []string `json:"forms"`
	// FirstByte is the offset of the first byte of the body that differs, -1 when
	// none does; SameTail how many bytes at its end are the same.
	FirstByte int `json:"first_byte"`
	SameTail  int `json:"same_tail"`
	// Breaks tells that a signature covers the bytes of the body, which differ.
	Breaks      bool                 `json:"breaks_signature"`
	Signed      int                  `json:"signed"`
	Differences []compare.Difference `json:"differences"`
	// More is how many differences are left out.
	More int `json:"more"`
}

// sideJSON names one side.
type sideJSON struct {
	ID       ulid.ULID `json:"id"`
	Delivery int       `json:"delivery,omitempty"` // counted from 1
	Covered  []string  `json:"covered"`
	Proved   bool      `json:"proved"`
}

func newComparison(a, b compared, r *compare.Report) comparison {
	c := comparison{
		Type: "comparison", Result: resultName(r.Result()), Head: resultName(r.Head), Body: resultName(r.Body),
		A:      sideJSON{a.capture.ID, a.number, list(r.A.Covered), r.A.Proved},
		B:      sideJSON{b.capture.ID, b.number, list(r.B.Covered), r.B.Proved},
		Syntax: string(r.Syntax), Forms: list(r.Forms.Names()), FirstByte: r.First, SameTail: r.Tail,
		Breaks: r.Breaks(), Signed: r.Signed, Differences: []compare.Difference{},
	}
	switch {
	case r.Meaning != nil:
	case r.Lines != nil:
		c.Syntax = "lines"
	case r.Bytes != nil:
		c.Syntax = "bytes"
	}
	for _, v := range []*compare.View{r.HeadView, r.BodyView()} {
		if v == nil {
			continue
		}
		for n := range v.Marks {
			if len(c.Differences) == listed {
				c.More += len(v.Marks) - n
				break
			}
			c.Differences = append(c.Differences, v.Difference(n))
		}
	}
	return c
}

// resultName is the stable name of a result.
func resultName(r compare.Result) string {
	return [...]string{"equal", "same_meaning", "different"}[r]
}
