-- The first articles. Times are milliseconds since 1970, as the query engine writes them.
INSERT INTO "Article" ("slug", "title", "body", "status", "featured", "views", "rating", "createdAt", "updatedAt") VALUES
    ('hello', 'Hello', 'A database without a server.', 'PUBLISHED', true, 42, 4.5, 1667570400000, 1667570400000),
    ('sqlite-on-efs', 'SQLite on EFS', 'One writer, many readers.', 'PUBLISHED', false, 17, 4.0, 1667574000000, 1667577600000),
    (NULL, 'Notes', '', 'DRAFT', false, 0, NULL, 1667577600000, 1667577600000);
