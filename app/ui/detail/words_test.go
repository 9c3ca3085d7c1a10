package detail

// The English of the words that the tests look for.
const (
	wordReplay      = "Replay"
	wordEdit        = "Edit & re-sign"
	wordExport      = "Export"
	wordRelease     = "Release"
	wordUseOffered  = "Use this secret"
	wordAddSecret   = "Add the secret"
	wordAddEndpoint = "Add an endpoint"
	wordOpenEarlier = "Show the earlier one"
	wordDocs        = "Provider's documentation"
	wordOthers      = "Others"
	wordProof       = "Proof"
	wordShape       = "Form of the signature"
	wordSecondary   = "from secondary sources"
	wordUnnamed     = "Delivery without an event name"
	noteRaw         = "The request exactly as received from the tunnel: head in order and case, body byte for byte."
	noteRebuilt     = "The head is put together from the headers: its exact bytes are not known. The body is exact."
)
