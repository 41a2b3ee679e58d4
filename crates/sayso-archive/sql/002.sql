-- Lists of stories and outlets are counted without reading the articles' rows, which hold their texts.
DROP INDEX version_story;
CREATE INDEX version_story ON version (story, day, origin, superseded);
CREATE INDEX version_outlet ON version (outlet, day, origin, superseded);
CREATE INDEX version_superseded ON version (superseded) WHERE superseded IS NOT NULL;
