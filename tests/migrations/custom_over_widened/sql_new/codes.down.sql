DROP VIEW codes;
