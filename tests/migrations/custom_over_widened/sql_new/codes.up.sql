-- after: orders
CREATE VIEW codes AS
    SELECT DISTINCT code FROM orders;
