-- A maker's State, in Serbian Cyrillic: weapons in one table, what happened to them in another. Invented numbers.
CREATE TABLE "оружје" (
  "ев_број" TEXT PRIMARY KEY,
  "фабрички_број" TEXT NOT NULL,
  "произвођач" TEXT, "модел" TEXT, "калибар" TEXT, "врста" TEXT,
  "година" TEXT
);
CREATE INDEX "по_броју" ON "оружје"("фабрички_број");
CREATE TABLE "промет" (
  "ев_број" TEXT, "рб" INTEGER, "радња" TEXT, "датум" TEXT, "држава" TEXT, "прималац" TEXT, "дозвола" TEXT
);
CREATE INDEX "промет_оружја" ON "промет"("ев_број");
INSERT INTO "оружје" VALUES
  ('КГ-2007-10441', '38126', 'Застава', 'CZ 99', '9x19', 'П', '2007'),
  ('КГ-2007-10442', '38127', 'Застава', 'CZ 99', '9x19', 'П', '2007'),
  ('КГ-1988-00317', '70-4471', 'Застава', 'M70', '7.65 mm', 'П', '1988'),
  ('КГ-2011-20055', 'M92-118820', 'Застава', 'M92', '7,62x39', 'А', '2011');
INSERT INTO "промет" VALUES
  ('КГ-2007-10441', 1, 'ПР', '12.11.2007', NULL, NULL, NULL),
  ('КГ-2007-10441', 2, 'ИЗ', '03.04.2008', 'Немачка', 'Waffen Brenner GmbH', 'ИЗ-08/1173'),
  ('КГ-2007-10442', 1, 'ПР', '12.11.2007', NULL, NULL, NULL),
  ('КГ-1988-00317', 1, 'ПР', '1988', NULL, NULL, NULL),
  ('КГ-2011-20055', 1, 'ПР', '02.06.2011', NULL, NULL, NULL);
