-- after: orders, users
CREATE VIEW a_view AS
    SELECT o.number, o.note, u.email FROM orders o CROSS JOIN users u;
