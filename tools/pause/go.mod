module audio-processor/tools/pause

go 1.26.8
