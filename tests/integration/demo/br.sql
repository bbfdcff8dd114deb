-- A registry in Portuguese: one table, serial as on the firearm certificate. Invented numbers.
CREATE TABLE arma (
  id_arma INTEGER PRIMARY KEY,
  num_serie TEXT NOT NULL,
  fabricante TEXT, modelo TEXT, calibre TEXT, especie TEXT, pais_fabricacao TEXT,
  data_registro TEXT,      -- dd/mm/aaaa
  situacao TEXT,           -- R registrada, F furtada, A apreendida
  titular TEXT
);
CREATE INDEX arma_serie ON arma(num_serie);
INSERT INTO arma VALUES
  (1, 'TKW48213', 'TAURUS', 'PT 92 AF', '9 mm', 'PISTOLA', 'BRASIL', '14/03/2011', 'R', 'Empresa de Vigilância Aurora'),
  (2, 'ABC990172', 'TAURUS', 'RT 85', '.38', 'REVÓLVER', 'BRASIL', '02/09/2004', 'F', 'M. Andrade'),
  (3, 'DX771204', 'ROSSI', 'M 720', '.38', 'REVÓLVER', 'BRASIL', '30/01/1998', 'R', 'J. Siqueira'),
  (4, 'F55821', 'IMBEL', 'MD1', '.45', 'PISTOLA', 'BRASIL', '11/11/2016', 'A', NULL);
