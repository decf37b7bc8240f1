-- after: orders
CREATE VIEW north_orders AS SELECT id, number, region FROM orders WHERE region = 'north';
