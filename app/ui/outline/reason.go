package outline

// Reason is why a text breaks off, for a screen to put into words.
type Reason struct {
	Why  Why
	Name string // the tag or element, the boundary, or how many parts there may be
	Open string // the tag that is open, for TagCrossed
}

// Why is what is wrong.
type Why string

// What can be wrong.
const (
	BoundaryAbsent  Why = "boundary absent"  // the Content-Type's is nowhere in the body
	BoundaryUnended Why = "boundary unended" // no line end follows it
	BoundaryMissing Why = "boundary missing" // the last one
	PartsTooMany    Why = "parts too many"
	TagUnended      Why = "tag unended"
	TagUnnamed      Why = "tag unnamed"
	TagUnopened     Why = "tag unopened"
	TagCrossed      Why = "tag crossed" // closed while another one is open
	TagUnclosed     Why = "tag unclosed"
	TextOutside     Why = "text outside" // of the outermost element
	ElementSecond   Why = "element second"
	ElementAbsent   Why = "element absent"
)
